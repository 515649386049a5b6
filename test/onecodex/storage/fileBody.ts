import { rmSync } from 'node:fs';
import { corrupted } from '../faults/storage';
import type { StoredObject } from '../types';
import type { Call } from './call';
import { checksummed } from './checksum';
import { entityTooLarge, notImplemented } from './errors';
import { storeObject } from './objectStore';
import { checkDigests } from './payload';

/** What a copy and a write under a condition are asked for with. A body alone would be something else. */
const UNSUPPORTED = ['x-amz-copy-source', 'if-match', 'if-none-match'];

/**
 * Stores the body of a part or of an object, and keeps it only if it is what it was said to be.
 *
 * @throws S3Error
 */
export async function storeBody(call: Call): Promise<StoredObject> {
	const { state, exchange, headers, payloadHash, chunks, key } = call;
	const unsupported = UNSUPPORTED.find((name) => headers[name] !== undefined);
	if (unsupported !== undefined) throw notImplemented(unsupported);
	const { directory, maxFileSize: max } = state.settings;
	const size = Number(headers['content-length']);
	if (size > max) throw entityTooLarge(size, max);
	const received = exchange.fault?.kind === 'wrongEtag' ? corrupted(chunks) : chunks;
	const content = checksummed(headers, received);
	const stored = await storeObject(content, { key, min: 0, max }, directory);
	try {
		checkDigests(headers, payloadHash, stored);
		return stored;
	} catch (error) {
		rmSync(stored.path, { force: true });
		throw error;
	}
}
