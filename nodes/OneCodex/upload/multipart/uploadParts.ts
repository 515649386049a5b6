import { readAsDeclared, type FileBytes } from '../../binary/binaryFile';
import { requestError } from '../../errors/requestError';
import { eachUnlessIdle } from '../../http/idle';
import type { StorageLimits } from '../../storage/insist';
import type { S3Answer } from '../../storage/s3Redirect';
import { etagOf, type S3Request } from '../../storage/s3Request';
import { sentBytes } from '../sentBytes';
import type { UploadSettings } from '../settings';
import { BufferPool } from './bufferPool';
import { storedOf, type Stored } from './etags';
import { partsOf, partSize, type Part } from './parts';

/** Sends a signed request about the object. */
export type Send = <T>(
	request: S3Request,
	read: (answer: S3Answer) => T,
	limits?: StorageLimits,
) => Promise<T>;

/**
 * Sends a file in parts, several at a time; each is repeated alone. The first that fails for good
 * stops the others.
 *
 * @throws OneCodexError
 */
export async function uploadParts(
	send: Send,
	uploadId: string,
	file: FileBytes,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<Stored[]> {
	const stop = new AbortController();
	const either = AbortSignal.any([signal, stop.signal]);
	const pool = new BufferPool(partSize(file.size), settings.partConcurrency);
	const stored: Stored[] = [];
	const sending: Array<Promise<void>> = [];

	const put = async ({ number, bytes, buffer }: Part) => {
		try {
			const request = {
				method: 'PUT',
				query: { partNumber: String(number), uploadId },
				headers: { 'content-type': 'application/octet-stream' },
				body: await sentBytes(bytes, settings.verifyIntegrity),
			} as const;
			const limits = { ...settings, signal: either };
			stored[number - 1] = await send(
				request,
				(answer) => storedOf(answer, etagOf(answer)),
				limits,
			);
			pool.giveBack(buffer);
		} catch (error) {
			stop.abort(error);
			throw requestError(error);
		}
	};
	try {
		const borrow = async () => await pool.borrow(either);
		const chunks = eachUnlessIdle(readAsDeclared(file, true), settings.idleTimeout, either);
		for await (const part of partsOf(chunks, borrow)) {
			const one = put(part);
			// What it fails with is told below; until then nobody waits for it.
			one.catch(() => undefined);
			sending.push(one);
		}
		await Promise.all(sending);
		return stored;
	} catch (error) {
		stop.abort(error);
		await Promise.allSettled(sending);
		signal.throwIfAborted();
		// The reason of the first that failed; the others were only stopped by it.
		throw requestError(stop.signal.reason);
	}
}
