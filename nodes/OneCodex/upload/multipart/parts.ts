const MIB = 1024 * 1024;

/** S3 takes parts of 5 MiB or more; larger ones need fewer requests. */
const SMALLEST_PART = 16 * MIB;

/** S3 takes 10,000 parts. */
const MOST_PARTS = 9_999;

/** Bytes of each part but the last: 16 MiB, or as many whole MiB as keep the number of parts legal. */
export function partSize(fileSize: number): number {
	return Math.max(SMALLEST_PART, Math.ceil(fileSize / MOST_PARTS / MIB) * MIB);
}

export interface Part {
	/** From 1 on. */
	number: number;
	bytes: Buffer;
	/** The borrowed buffer that the bytes are in. */
	buffer: Buffer;
}

/**
 * Makes parts of a file's bytes, in buffers that are lent.
 *
 * @param borrow waits for a free buffer of a part's size
 */
export async function* partsOf(
	chunks: AsyncIterable<Uint8Array>,
	borrow: () => Promise<Buffer>,
): AsyncGenerator<Part> {
	let number = 1;
	let filled = 0;
	let buffer: Buffer | undefined;
	const part = (bytes: Buffer, borrowed: Buffer): Part => {
		filled = 0;
		buffer = undefined;
		return { number: number++, bytes, buffer: borrowed };
	};
	for await (const chunk of chunks) {
		for (let from = 0; from < chunk.length; ) {
			buffer ??= await borrow();
			const taken = chunk.subarray(from, from + buffer.length - filled);
			buffer.set(taken, filled);
			filled += taken.length;
			from += taken.length;
			if (filled === buffer.length) yield part(buffer, buffer);
		}
	}
	if (buffer) yield part(buffer.subarray(0, filled), buffer);
}
