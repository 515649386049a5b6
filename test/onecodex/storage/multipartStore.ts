import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { StandInMultipartUpload, StoredObject } from '../types';
import { assembled, namedParts } from './assembly';
import type { ListedPart } from './completeRequest';
import { S3Error } from './errors';

interface OpenUpload {
	upload: StandInMultipartUpload;
	/** By number. */
	parts: Map<number, StoredObject>;
	/** While the parts are put together. */
	completion?: Promise<StoredObject>;
}

const noSuchUpload = (id: string): S3Error =>
	new S3Error(
		'NoSuchUpload',
		'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
		{ UploadId: id },
	);

const remove = (parts: Iterable<StoredObject>): void => {
	for (const { path } of parts) rmSync(path, { force: true });
};

/** The bucket's multipart uploads, with their parts on disk until they are put together. */
export class MultipartStore {
	/** Of every state, in the order of their creation. */
	readonly uploads: StandInMultipartUpload[] = [];
	private readonly open = new Map<string, OpenUpload>();

	/** @param minPartSize bytes that each part but the last must have. */
	constructor(
		private readonly directory: string,
		private readonly minPartSize: number,
	) {}

	/** @returns the upload's id. */
	create(key: string): string {
		const id = `${randomBytes(24).toString('base64url')}.${randomBytes(48).toString('base64url')}`;
		const upload: StandInMultipartUpload = { id, key, state: 'open', parts: 0 };
		this.uploads.push(upload);
		this.open.set(id, { upload, parts: new Map() });
		return id;
	}

	/** @throws S3Error NoSuchUpload, also while its parts are being put together. */
	checkOpen(id: string, key: string): void {
		if (this.find(id, key).completion) throw noSuchUpload(id);
	}

	/** Takes a part in; an earlier one of that number is gone. @throws S3Error NoSuchUpload */
	putPart(id: string, number: number, part: StoredObject): void {
		const entry = this.open.get(id);
		if (!entry || entry.completion) throw noSuchUpload(id);
		const { upload, parts } = entry;
		remove([parts.get(number) ?? []].flat());
		parts.set(number, part);
		upload.parts = parts.size;
	}

	/**
	 * Makes the object of these parts; the other ones are dropped. A repeated call waits for the first
	 * one, and then finds no such upload.
	 *
	 * @throws S3Error NoSuchUpload, InvalidPart, EntityTooSmall
	 */
	async complete(id: string, key: string, listed: ListedPart[]): Promise<StoredObject> {
		const entry = this.find(id, key);
		if (entry.completion) {
			await entry.completion.catch(() => {});
			return this.complete(id, key, listed);
		}
		const parts = namedParts(entry.parts, listed, this.minPartSize);
		entry.completion = this.assemble(entry, parts);
		try {
			return await entry.completion;
		} finally {
			entry.completion = undefined;
		}
	}

	/** @throws S3Error NoSuchUpload */
	async abort(id: string, key: string): Promise<void> {
		const { completion } = this.find(id, key);
		await completion?.catch(() => {});
		const entry = this.find(id, key);
		this.end(entry, 'aborted');
		entry.upload.parts = 0;
	}

	clear(): void {
		for (const { parts } of this.open.values()) remove(parts.values());
		this.open.clear();
		this.uploads.length = 0;
	}

	/** Settles when no object is being put together. */
	async idle(): Promise<void> {
		await Promise.allSettled([...this.open.values()].map(({ completion }) => completion));
	}

	private find(id: string, key: string): OpenUpload {
		const entry = this.open.get(id);
		if (entry?.upload.key !== key) throw noSuchUpload(id);
		return entry;
	}

	private async assemble(entry: OpenUpload, parts: StoredObject[]): Promise<StoredObject> {
		const object = await assembled(entry.upload.key, parts, this.directory);
		this.end(entry, 'completed');
		entry.upload.parts = parts.length;
		return object;
	}

	private end({ upload, parts }: OpenUpload, state: 'completed' | 'aborted'): void {
		remove(parts.values());
		this.open.delete(upload.id);
		upload.state = state;
	}
}
