import type { S3Bytes } from '../storage/s3Request';
import { StreamedFile } from './streamedFile';

/** Few calls for a fast link; StreamedFile makes less of it where a link is slow. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Bytes in memory as the body of a signed request.
 *
 * @param verify whether their SHA-256 goes along, which S3 compares before it keeps them
 */
export async function sentBytes(bytes: Buffer, verify: boolean): Promise<S3Bytes> {
	const source = {
		size: bytes.length,
		async *read() {
			for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
				yield await Promise.resolve(bytes.subarray(from, from + PIECE_BYTES));
			}
		},
	};
	return {
		...(verify && { sha256: await sha256(bytes) }),
		open(progress) {
			const file = new StreamedFile('part', source, { hash: false, progress });
			return { file, close: () => file.close() };
		},
	};
}

/** The digest that is being made. */
let digesting: Promise<unknown> = Promise.resolve();

/**
 * In Node.js's thread pool, so that other parts move meanwhile. One at a time: WebCrypto works on a
 * copy, and one thread is faster than what it is for.
 */
async function sha256(bytes: Buffer): Promise<string> {
	const digest = digesting.then(
		async () => await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>),
	);
	digesting = digest.catch(() => undefined);
	return Buffer.from(await digest).toString('hex');
}
