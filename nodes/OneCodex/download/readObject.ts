import { givenBack } from '../binary/fileChunks';
import { retry } from '../http/retry';
import type { StorageContext } from '../storage/request';
import { bytesOf, MAX_RETRIES, openRange } from './objectBytes';
import { parallelRanges, RANGE_BYTES, RANGES_AT_ONCE } from './parallelRanges';

/** An object, and how to have its bytes. */
export interface ReadableObject {
	/** Node.js's stream of the first answer. */
	body: AsyncIterable<Uint8Array>;
	/** All bytes, once. */
	bytes: AsyncGenerator<Uint8Array>;
}

/**
 * Opens an object by its signed link: a large one in ranges, where the server heeds them.
 *
 * @param object `size`: bytes that it must have, null where that is not known; `isWritten`: whether
 * whoever takes the bytes has done with a piece once it takes the next
 * @throws OneCodexError
 */
export async function readObject(
	context: StorageContext,
	{ link, size, isWritten }: { link: string; size: number | null; isWritten: boolean },
	signal: AbortSignal,
): Promise<ReadableObject> {
	const isLarge = size !== null && size > RANGES_AT_ONCE * RANGE_BYTES;
	const range = { from: 0, ...(isLarge && { to: RANGE_BYTES }) };
	const known = { context, link, ...(size !== null && { size }) };
	const open = async () => await openRange(known, range, signal);
	const first = await retry(open, { maxRetries: MAX_RETRIES, signal });
	const object = { ...known, etag: first.etag };
	if (!isLarge || !first.isPart) {
		// They are counted: the Content-Length of an answer that was compressed is another number.
		const bytes = bytesOf(object, { from: 0, to: object.size }, signal, first);
		return { body: first.body, bytes };
	}
	const pieces = parallelRanges(object, size, signal, first);
	return { body: first.body, bytes: isWritten ? givenBack(pieces) : pieces };
}
