import type { FileBytes } from '../../binary/binaryFile';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import { unquoted } from '../../storage/etag';
import { withoutEtag } from '../../storage/integrity';
import type { StorageContext } from '../../storage/request';
import type { S3Answer } from '../../storage/s3Redirect';
import { elementOf, etagOf, s3Request } from '../../storage/s3Request';
import type { S3Target } from '../../storage/s3Target';
import { ENCRYPTED } from '../encrypted';
import type { UploadSettings } from '../settings';
import { areMd5s, etagOfParts, storedOf, type Stored } from './etags';
import { uploadParts, type Send } from './uploadParts';

/** An upload that is given up is cleaned away, but nobody waits long for it. */
const CLEAN_UP = { maxRetries: 2, idleTimeout: 5_000 };

/**
 * Puts a file under the target's key by a multipart upload, and cleans away what a failure leaves.
 *
 * @returns the object's ETag, without quotes
 * @throws OneCodexError
 */
export async function putInParts(
	context: StorageContext,
	target: S3Target,
	file: FileBytes,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<string> {
	const send: Send = async (request, read, limits = { ...settings, signal }) =>
		await s3Request(context, target, request, limits, read);

	const create = { method: 'POST', query: { uploads: '' }, headers: ENCRYPTED } as const;
	const uploadId = await send(create, uploadIdOf);
	try {
		const parts = await uploadParts(send, uploadId, file, settings, signal);
		return await complete(send, uploadId, parts, settings);
	} catch (error) {
		// Parts of an upload that never ends are kept, and paid for. Also when the execution is
		// cancelled, so this one request has no part in its signal.
		const limits = { ...CLEAN_UP, signal: new AbortController().signal };
		const abort = { method: 'DELETE', query: { uploadId } } as const;
		await send(abort, () => undefined, limits).catch(() => undefined);
		signal.throwIfAborted();
		throw requestError(error);
	}
}

async function complete(
	send: Send,
	uploadId: string,
	parts: Stored[],
	{ verifyIntegrity }: UploadSettings,
): Promise<string> {
	const expected = etagOfParts(parts);
	const listed = parts.map(
		({ etag }, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`,
	);
	const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${listed.join('')}</CompleteMultipartUpload>`;
	const headers = { 'content-type': 'application/xml' };
	const request = { method: 'POST', query: { uploadId }, headers, body } as const;
	let failure: unknown;
	const whole = await send(request, (answer) =>
		storedOf(answer, unquoted(elementOf(answer, 'ETag'))),
	).catch((error: unknown) => void (failure = error));
	if (!whole?.etag) {
		// An attempt whose answer was lost may have done it; then the upload is known no longer.
		const found = await send({ method: 'HEAD' }, etagOf).catch(() => undefined);
		if (found?.toLowerCase() !== expected) throw failure ? requestError(failure) : withoutEtag();
		return found;
	}
	if (verifyIntegrity && areMd5s(parts, whole) && whole.etag.toLowerCase() !== expected) {
		throw new OneCodexError('service', 'The storage has other bytes than were sent', {
			description: 'The file is not confirmed. Run it again.',
		});
	}
	return whole.etag;
}

function uploadIdOf(answer: S3Answer): string {
	const uploadId = elementOf(answer, 'UploadId');
	if (uploadId) return uploadId;
	throw new OneCodexError('service', 'The storage began an upload without giving its ID', {
		httpCode: answer.statusCode,
		// Cut short, or a proxy's. Of one that was begun in vain nothing is ever seen.
		isTransient: true,
		description: 'Check the S3 Endpoint of the credential, and for a proxy in between.',
	});
}
