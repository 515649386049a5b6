import { createHash } from 'crypto';

import { OneCodexError } from '../../errors';
import { requestError } from '../../transport/failures';
import { unlessIdle } from '../../transport/idle';
import { retry } from '../../transport/retry';
import { s3Request, type S3Target } from '../../transport/s3';
import type { StorageContext } from '../../transport/storageRequest';
import type { BinaryFile } from '../binaryFile';
import type { UploadSettings } from '../settings';
import { StreamedFile } from '../streamedFile';
import { BufferPool } from './bufferPool';
import { partsOf, partSize, type Part } from './parts';

/** The MD5 of each part, in their order. */
export type PartDigests = Buffer[];

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
): Promise<PartDigests> {
	const stop = new AbortController();
	const either = AbortSignal.any([signal, stop.signal]);
	const pool = new BufferPool(partSize(file.size), settings.partConcurrency);
	const digests: PartDigests = [];
	const sending: Array<Promise<void>> = [];

	const send = async (part: Part) => {
		try {
			digests[part.number - 1] = await uploadPart(
				context,
				target,
				uploadId,
				part,
				settings,
				either,
			);
			pool.giveBack(part.buffer);
		} catch (error) {
			stop.abort(error);
			throw requestError(error);
		}
	};
	try {
		for await (const part of partsOf(file, async () => await pool.borrow(either))) {
			const sent = send(part);
			// What it fails with is told below; until then nobody waits for it.
			sent.catch(() => undefined);
			sending.push(sent);
		}
		await Promise.all(sending);
		return digests;
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
	{ number, bytes }: Part,
	{ maxRetries, idleTimeout, verifyIntegrity }: UploadSettings,
	signal: AbortSignal,
): Promise<Buffer> {
	const md5 = createHash('md5').update(bytes).digest();
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
				const etag = String(answer.headers.etag ?? '').replace(/^"|"$/g, '');
				if (verifyIntegrity && /^[0-9a-f]{32}$/i.test(etag) && etag !== md5.toString('hex')) {
					throw damaged(number);
				}
				return md5;
			} finally {
				body.close();
			}
		});
	return await retry(attempt, { maxRetries, signal });
}

function damaged(number: number): OneCodexError {
	return new OneCodexError(
		'service',
		`The storage has other bytes than were sent, in part ${number}`,
		{
			isTransient: true,
			description:
				'The file was damaged on its way and is not confirmed. Check the network, then run it again.',
		},
	);
}
