import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandInState } from './state';
import type { Seed, StandInDocument, StoredObject } from './types';

/** An object in the bucket, as if it had been uploaded. */
export function writeObject(key: string, bytes: Buffer, directory: string): StoredObject {
	const path = join(directory, randomUUID());
	writeFileSync(path, bytes, { flag: 'wx' });
	const hash = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
	const md5 = hash('md5');
	const digests = { md5, sha256: hash('sha256'), etag: `"${md5}"` };
	return { key, path, size: bytes.length, ...digests, storedAt: Date.now() };
}

/**
 * A confirmed document, without the requests that make one.
 *
 * @throws Error without at least one byte: the service knows no empty documents.
 */
export function seedDocument(state: StandInState, seed: Seed): StandInDocument {
	const size = 'bytes' in seed ? seed.bytes.length : seed.size;
	if (size < 1) throw new Error(`A document cannot have ${size} bytes`);
	const document = state.addDocument(seed.filename, size, seed.id);
	document.state = 'confirmed';
	document.createdAt = seed.createdAt ?? document.createdAt;
	document.uploaderId = seed.uploaderId ?? state.userId;
	if (seed.sharedWithMe) document.downloaders = [state.userId];
	if ('bytes' in seed) {
		const { directory } = state.settings;
		document.object = writeObject(state.objectKey(document), seed.bytes, directory);
	}
	return document;
}
