import { unquoted } from '../../transport/etag';
import { requestError } from '../../transport/failures';
import { unlessIdle } from '../../transport/idle';
import { retry } from '../../transport/retry';
import { s3Request, type S3Answer, type S3Target } from '../../transport/s3';
import type { StorageContext } from '../../transport/storageRequest';
import type { BinaryFile } from '../binaryFile';
import { checkEtag } from '../integrity';
import type { UploadSettings } from '../settings';
import { StreamedFile } from '../streamedFile';
import { BufferPool } from './bufferPool';
import { partsOf, partSize, type Part } from './parts';

/** A part that the storage has. */
export interface SentPart {
	md5: Buffer;
	/** As the storage gave it, which is no MD5 where it encrypts with keys of its own (KMS). */
	etag: string;
}

/**
 * Sends a file in parts, several at a time; each is repeated alone. The first that fails for good
 * stops the others.
 *
 * @throws OneCodexError
 */
export async function uploadParts(
	context: StorageContext,
	target: S3Target,
	uploadId: string,
	file: BinaryFile,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<SentPart[]> {
	const stop = new AbortController();
	const either = AbortSignal.any([signal, stop.signal]);
	const pool = new BufferPool(partSize(file.size), settings.partConcurrency);
	const sent: SentPart[] = [];
	const sending: Array<Promise<void>> = [];

	const send = async (part: Part) => {
		try {
			sent[part.number - 1] = await uploadPart(context, target, uploadId, part, settings, either);
			pool.giveBack(part.buffer);
		} catch (error) {
			stop.abort(error);
			throw requestError(error);
		}
	};
	try {
		for await (const part of partsOf(file, async () => await pool.borrow(either))) {
			const one = send(part);
			// What it fails with is told below; until then nobody waits for it.
			one.catch(() => undefined);
			sending.push(one);
		}
		await Promise.all(sending);
		return sent;
	} catch (error) {
		stop.abort(error);
		await Promise.allSettled(sending);
		signal.throwIfAborted();
		// The reason of the first that failed; the others were only stopped by it.
		throw requestError(stop.signal.reason);
	}
}

async function uploadPart(
	context: StorageContext,
	target: S3Target,
	uploadId: string,
	{ number, bytes, md5 }: Part,
	{ maxRetries, idleTimeout, verifyIntegrity }: UploadSettings,
	signal: AbortSignal,
): Promise<SentPart> {
	const headers = {
		'content-type': 'application/octet-stream',
		'content-md5': md5.toString('base64'),
	};
	const query = { partNumber: String(number), uploadId };
	const source = {
		size: bytes.length,
		async *read() {
			yield await Promise.resolve(bytes);
		},
	};
	const attempt = async () =>
		await unlessIdle(idleTimeout, signal, async (attemptSignal, progress) => {
			const body = new StreamedFile('part', source, { hash: false, progress });
			try {
				const request = { method: 'PUT', query, headers } as const;
				const answer = await s3Request(context, target, request, body, attemptSignal);
				return verified(answer, md5, number, verifyIntegrity);
			} finally {
				body.close();
			}
		});
	return await retry(attempt, { maxRetries, signal });
}

/** @throws OneCodexError where the storage has other bytes than were sent */
function verified(
	{ headers }: S3Answer,
	md5: Buffer,
	number: number,
	verifyIntegrity: boolean,
): SentPart {
	const expected = md5.toString('hex');
	const etag = unquoted(String(headers.etag ?? ''));
	const encryption = String(headers['x-amz-server-side-encryption'] ?? '');
	if (verifyIntegrity) checkEtag(etag, expected, encryption, `, in part ${number}`);
	// It goes back in XML, so nothing but what an ETag is made of.
	return { md5, etag: /^[\w+/=-]+$/.test(etag) ? etag : expected };
}
