import { createHash } from 'crypto';

import type { BinaryFile } from '../../binary/binaryFile';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import { unlessIdle } from '../../http/idle';
import { retry } from '../../http/retry';
import { unquoted } from '../../storage/etag';
import { withoutEtag } from '../../storage/integrity';
import type { StorageContext } from '../../storage/request';
import { elementOf, s3Request, type S3Answer, type S3Target } from '../../storage/s3';
import type { UploadSettings } from '../settings';
import { uploadParts, type SentPart } from './uploadParts';

type Request = Parameters<typeof s3Request>[2];

/** An upload that is given up is cleaned away, but nobody waits long for it. */
const CLEAN_UP = { maxRetries: 2, idleTimeout: 5_000 };

/**
 * Puts a file under the target's key by a multipart upload, and cleans away what a failure leaves.
 *
 * @returns the object's ETag, without quotes
 * @throws OneCodexError
 */
export async function putObject(
	context: StorageContext,
	target: S3Target,
	file: BinaryFile,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<string> {
	const send = async (request: Request, body?: string, limits = { ...settings, signal }) =>
		await retry(
			async () =>
				await unlessIdle(
					limits.idleTimeout,
					limits.signal,
					async (idle) => await s3Request(context, target, request, body, idle),
				),
			limits,
		);

	const created = await send({
		method: 'POST',
		query: { uploads: '' },
		headers: { 'x-amz-server-side-encryption': 'AES256' },
	});
	const uploadId = idOf(created);
	try {
		const parts = await uploadParts(context, target, uploadId, file, settings, signal);
		return await complete(send, uploadId, parts, settings);
	} catch (error) {
		// Parts of an upload that never ends are kept, and paid for. Also when the execution is
		// cancelled, so this one request has no part in its signal.
		const limits = { ...settings, ...CLEAN_UP, signal: new AbortController().signal };
		await send({ method: 'DELETE', query: { uploadId } }, undefined, limits).catch(() => undefined);
		signal.throwIfAborted();
		throw requestError(error);
	}
}

async function complete(
	send: (request: Request, body?: string) => Promise<S3Answer>,
	uploadId: string,
	parts: SentPart[],
	{ verifyIntegrity }: UploadSettings,
): Promise<string> {
	const expected = etagOf(parts);
	const listed = parts.map(
		({ etag }, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`,
	);
	const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${listed.join('')}</CompleteMultipartUpload>`;
	const headers = { 'content-type': 'application/xml' };
	let failure: unknown;
	const answer = await send({ method: 'POST', query: { uploadId }, headers }, body).catch(
		(error: unknown) => void (failure = error),
	);
	let etag = answer ? unquoted(elementOf(answer, 'ETag')) : '';
	if (!etag) {
		// An attempt whose answer was lost may have done it; then the upload is known no longer.
		const found = await send({ method: 'HEAD' }).catch(() => undefined);
		etag = unquoted(String(found?.headers.etag ?? ''));
		if (etag !== expected) throw failure ? requestError(failure) : withoutEtag();
	}
	const areMd5s = parts.every((part) => part.etag === part.md5);
	const isMd5 = areMd5s && /^[0-9a-f]{32}-\d+$/i.test(etag);
	if (verifyIntegrity && isMd5 && etag !== expected) {
		throw new OneCodexError('service', 'The storage has other bytes than were sent', {
			description: 'The file is not confirmed. Run it again.',
		});
	}
	return etag;
}

/** As S3 makes it: the MD5 of the parts' MD5s, and how many there are. */
function etagOf(parts: SentPart[]): string {
	const md5 = createHash('md5');
	for (const { etag } of parts) md5.update(etag, 'hex');
	return `${md5.digest('hex')}-${parts.length}`;
}

function idOf(created: S3Answer): string {
	const uploadId = elementOf(created, 'UploadId');
	if (uploadId) return uploadId;
	throw new OneCodexError('service', 'The storage began an upload without giving its ID', {
		httpCode: created.statusCode,
		description: 'Check the S3 Endpoint of the credential, and for a proxy in between.',
	});
}
