import { rmSync } from 'node:fs';
import { newId } from './ids';
import { newSigningKey, type SigningKey } from './storage/policy';
import type { StoredObject } from './types';

/** One call of an init_multipart_upload, and what became of it. */
export interface StandInImport {
	/** 16 lower-case hex digits, of a document's callback_url; neither the key nor the document's id. */
	id: string;
	/** The `file_id`: with `pairedKey` all that the keys may write. */
	key: string;
	/** The `paired_end_file_id`: R2's, where there is a pair. */
	pairedKey?: string;
	/** Lent to the client, for signatures of version 4. */
	keys: SigningKey;
	/** Milliseconds since the epoch. */
	keysExpireAt: number;
	/** Calls of the callback_url, whatever they were answered. */
	callbacks: number;
	/** The object, once it is there as a whole and until the callback makes a document or sample of it. */
	object?: StoredObject;
	/** R2's. */
	pairedObject?: StoredObject;
	/** Of the document that a callback made. */
	documentId?: string;
	/** Of the sample that it is for, from the beginning on. */
	sampleId?: string;
	/** A callback has taken the files, or the upload was cancelled: the keys open nothing any more. */
	isDone: boolean;
}

/** The files that clients are to bring to the bucket themselves, with keys that are lent to them. */
export class Imports {
	readonly all: StandInImport[] = [];

	/** @param lifetime seconds that keys are lent for. */
	constructor(private readonly lifetime: number) {}

	add(of: { sampleId?: string; isPaired?: boolean } = {}): StandInImport {
		const added: StandInImport = {
			id: newId(),
			key: newId(),
			...(of.isPaired && { pairedKey: newId() }),
			keys: newSigningKey(),
			keysExpireAt: Date.now() + this.lifetime * 1000,
			callbacks: 0,
			...(of.sampleId !== undefined && { sampleId: of.sampleId }),
			isDone: false,
		};
		this.all.push(added);
		return added;
	}

	find(id: string): StandInImport | undefined {
		return this.all.find((each) => each.id === id);
	}

	/** What a key in the bucket is for. */
	withKey(key: string): StandInImport | undefined {
		return this.all.find((each) => each.key === key || each.pairedKey === key);
	}

	/** What the keys were lent for; undefined once they have expired or have done their work. */
	lentUnder(accessKeyId: string): StandInImport | undefined {
		return this.all.find(
			({ keys, keysExpireAt, isDone }) =>
				keys.accessKeyId === accessKeyId && Date.now() < keysExpireAt && !isDone,
		);
	}

	/** The object under a key that was lent for; gone once a callback has taken it. */
	objectAt(key: string): StoredObject | undefined {
		const target = this.withKey(key);
		return target?.key === key ? target.object : target?.pairedObject;
	}

	/** Takes an object into the bucket; a later one under the same key replaces it, as in S3. */
	putObject(object: StoredObject): void {
		const target = this.withKey(object.key);
		const dropped = target && !target.isDone ? this.objectAt(object.key) : object;
		if (dropped) rmSync(dropped.path, { force: true });
		if (!target || dropped === object) return;
		if (target.key === object.key) target.object = object;
		else target.pairedObject = object;
	}

	/** The upload is over: the callback takes its objects, R1's first. */
	take(done: StandInImport): StoredObject[] {
		const { object, pairedObject } = done;
		done.isDone = true;
		done.object = undefined;
		done.pairedObject = undefined;
		return [object, pairedObject].filter((each) => each !== undefined);
	}

	/** No upload for this sample can come to an end any more; what was brought for it is gone. */
	cancel(sampleId: string): void {
		for (const each of this.all.filter((one) => one.sampleId === sampleId)) remove(this.take(each));
	}

	clear(): void {
		for (const { object, pairedObject } of this.all) remove([object, pairedObject]);
		this.all.length = 0;
	}
}

function remove(objects: Array<StoredObject | undefined>): void {
	for (const object of objects) if (object) rmSync(object.path, { force: true });
}
