import { readAsDeclared, type BinaryFile } from '../../binary/binaryFile';
import { requestError } from '../../errors/requestError';
import { eachUnlessIdle, unlessIdle } from '../../http/idle';
import { retry } from '../../http/retry';
import { unquoted } from '../../storage/etag';
import { checkEtag, withoutEtag } from '../../storage/integrity';
import type { StorageContext } from '../../storage/request';
import { s3Request, type S3Answer, type S3Target } from '../../storage/s3';
import type { UploadSettings } from '../settings';
import { StreamedFile } from '../streamedFile';
import { BufferPool } from './bufferPool';
import { partsOf, partSize, type Part } from './parts';

/** A part that the storage has. */
export interface SentPart {
	/** Of what was sent, in hex, where integrity is verified. */
	md5?: string;
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
		const borrow = async () => await pool.borrow(either);
		const chunks = eachUnlessIdle(readAsDeclared(file), settings.idleTimeout, either);
		for await (const part of partsOf(chunks, borrow, settings.verifyIntegrity)) {
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
	{ maxRetries, idleTimeout }: UploadSettings,
	signal: AbortSignal,
): Promise<SentPart> {
	const headers = {
		'content-type': 'application/octet-stream',
		...(md5 && { 'content-md5': md5.toString('base64') }),
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
				return sentPart(answer, number, md5?.toString('hex'));
			} finally {
				body.close();
			}
		});
	return await retry(attempt, { maxRetries, signal });
}

/** @throws OneCodexError where the storage has other bytes than were sent, or does not say what */
function sentPart({ headers }: S3Answer, number: number, md5?: string): SentPart {
	const etag = unquoted(String(headers.etag ?? ''));
	// It goes back in XML, so nothing but what an ETag is made of.
	if (!/^[\w+/=-]+$/.test(etag)) throw withoutEtag();
	const encryption = String(headers['x-amz-server-side-encryption'] ?? '');
	if (md5) checkEtag(etag, md5, encryption, `, in part ${number}`);
	return { md5, etag };
}
