import { createHash } from 'crypto';

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
	/** Where it is asked for. */
	md5?: Buffer;
	/** The borrowed buffer that the bytes are in. */
	buffer: Buffer;
}

/**
 * Makes parts of a file's bytes, in buffers that are lent.
 *
 * @param borrow waits for a free buffer of a part's size
 * @param hash whether the parts are to have their MD5
 */
export async function* partsOf(
	chunks: AsyncIterable<Uint8Array>,
	borrow: () => Promise<Buffer>,
	hash: boolean,
): AsyncGenerator<Part> {
	let number = 1;
	let filled = 0;
	let buffer: Buffer | undefined;
	const newHash = () => (hash ? createHash('md5') : undefined);
	let md5 = newHash();
	const part = (bytes: Buffer, borrowed: Buffer): Part => {
		const made = { number, bytes, md5: md5?.digest(), buffer: borrowed };
		number++;
		filled = 0;
		buffer = undefined;
		md5 = newHash();
		return made;
	};
	for await (const chunk of chunks) {
		for (let from = 0; from < chunk.length; ) {
			buffer ??= await borrow();
			const taken = chunk.subarray(from, from + buffer.length - filled);
			buffer.set(taken, filled);
			// While it is in the processor's cache, which a whole part is not.
			md5?.update(taken);
			filled += taken.length;
			from += taken.length;
			if (filled === buffer.length) yield part(buffer, buffer);
		}
	}
	if (buffer) yield part(buffer.subarray(0, filled), buffer);
}
