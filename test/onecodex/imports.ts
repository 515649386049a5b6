import { rmSync } from 'node:fs';
import { newId } from './ids';
import { newSigningKey, type SigningKey } from './storage/policy';
import type { StoredObject } from './types';

/** One call of init_multipart_upload, and what became of it. */
export interface StandInImport {
	/** 16 lower-case hex digits, of the callback_url; neither the key nor the document's id. */
	id: string;
	/** The `file_id`: the one object that the keys may write. */
	key: string;
	/** Lent to the client, for signatures of version 4. */
	keys: SigningKey;
	/** Milliseconds since the epoch. */
	keysExpireAt: number;
	/** Calls of the callback_url, whatever they were answered. */
	callbacks: number;
	/** The object, once it is there as a whole and until the callback makes a document of it. */
	object?: StoredObject;
	/** Of the document that a callback made. */
	documentId?: string;
}

/** The files that clients are to bring to the bucket themselves, with keys that are lent to them. */
export class Imports {
	readonly all: StandInImport[] = [];

	/** @param lifetime seconds that keys are lent for. */
	constructor(private readonly lifetime: number) {}

	add(): StandInImport {
		const added: StandInImport = {
			id: newId(),
			key: newId(),
			keys: newSigningKey(),
			keysExpireAt: Date.now() + this.lifetime * 1000,
			callbacks: 0,
		};
		this.all.push(added);
		return added;
	}

	find(id: string): StandInImport | undefined {
		return this.all.find((each) => each.id === id);
	}

	/** What the keys were lent for; undefined once they have expired or have done their work. */
	lentUnder(accessKeyId: string): StandInImport | undefined {
		return this.all.find(
			({ keys, keysExpireAt, documentId }) =>
				keys.accessKeyId === accessKeyId && Date.now() < keysExpireAt && documentId === undefined,
		);
	}

	/** Takes an object into the bucket; a later one under the same key replaces it, as in S3. */
	putObject(object: StoredObject): void {
		const target = this.all.find(({ key }) => key === object.key);
		const dropped = target && !target.documentId ? target.object : object;
		if (dropped) rmSync(dropped.path, { force: true });
		if (target && dropped !== object) target.object = object;
	}

	clear(): void {
		for (const { object } of this.all) if (object) rmSync(object.path, { force: true });
		this.all.length = 0;
	}
}
