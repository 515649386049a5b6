import { giveBack } from '../binary/fileChunks';
import { bytesOf, type LinkedObject, type OpenBody, type Range } from './objectBytes';

/** With the number of ranges at a time, what a download in ranges has in memory. */
export const RANGE_BYTES = 8 * 1024 * 1024;
export const RANGES_AT_ONCE = 4;

/** Of what goes to the binary store, which may keep it: so never a piece of a buffer used again. */
const PIECE_BYTES = 256 * 1024;

/**
 * All bytes of an object in their order, fetched several ranges at a time, each over a connection of
 * its own. The first that fails for good stops the others.
 *
 * @param size of the object, in bytes
 * @param first the first range, opened already
 * @throws OneCodexError
 */
export async function* parallelRanges(
	object: LinkedObject,
	size: number,
	signal: AbortSignal,
	first: OpenBody,
): AsyncGenerator<Uint8Array> {
	const stop = new AbortController();
	const either = AbortSignal.any([signal, stop.signal]);
	const buffers = Array.from({ length: RANGES_AT_ONCE }, () => Buffer.allocUnsafeSlow(RANGE_BYTES));
	const fetching: Array<Promise<Buffer>> = [];

	const fetch = async (range: Required<Range>): Promise<Buffer> => {
		// The range that had this buffer before was given out when this one begins.
		const buffer = buffers[(range.from / RANGE_BYTES) % RANGES_AT_ONCE];
		const opened = range.from === 0 ? first : undefined;
		let filled = 0;
		for await (const chunk of bytesOf(object, range, either, opened)) {
			buffer.set(chunk, filled);
			filled += chunk.length;
			// Of the socket, and copied.
			giveBack(chunk);
		}
		return buffer.subarray(0, filled);
	};
	try {
		for (let ahead = 0; ahead < size || fetching.length; ) {
			for (; ahead < size && fetching.length < RANGES_AT_ONCE; ahead += RANGE_BYTES) {
				const range = fetch({ from: ahead, to: Math.min(ahead + RANGE_BYTES, size) });
				// What it fails with is told when its turn comes; until then nobody waits for it.
				range.catch(() => undefined);
				fetching.push(range);
			}
			const bytes = await fetching.shift()!;
			for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
				yield new Uint8Array(bytes.subarray(from, from + PIECE_BYTES));
			}
		}
	} finally {
		stop.abort();
	}
}
