import { randomBytes } from 'node:crypto';
import type { Answer } from '../http';
import type { StoredObject } from '../types';
import { incompleteBody, S3Error } from './errors';
import { xmlDocument } from './xml';

export const requestId = (): string => randomBytes(8).toString('hex').toUpperCase();

const isAborted = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === 'ECONNRESET';

/** Anything that is no refusal of S3's, in its terms: a client that went away, else its own fault. */
function asS3Error(error: unknown): S3Error {
	if (error instanceof S3Error) return error;
	if (isAborted(error)) return incompleteBody();
	return new S3Error('InternalError', error instanceof Error ? error.message : String(error));
}

export function errorAnswer(cause: unknown): Answer {
	const error = asS3Error(cause);
	const id = requestId();
	return {
		status: error.status,
		headers: { 'Content-Type': 'application/xml', 'x-amz-request-id': id },
		body: xmlDocument('Error', {
			Code: error.code,
			Message: error.message,
			...error.details,
			RequestId: id,
		}),
	};
}

/**
 * The answer to a stored object. `success_action_status` may ask for 200, 201 or 204; anything else
 * is 204, and only 201 has a document ("POST Object" in the Amazon S3 API reference).
 */
export function storedAnswer(
	object: StoredObject,
	bucket: { name: string; url: string },
	fields: Map<string, string>,
): Answer {
	const location = `${bucket.url}/${encodeURIComponent(object.key)}`;
	const encryption = fields.get('x-amz-server-side-encryption');
	const headers = {
		'x-amz-request-id': requestId(),
		...(encryption && { 'x-amz-server-side-encryption': encryption }),
		ETag: object.etag,
		Location: location,
	};
	const wanted = Number(fields.get('success_action_status'));
	if (wanted === 200) return { status: 200, headers, body: '' };
	if (wanted !== 201) return { status: 204, headers };
	return {
		status: 201,
		headers: { ...headers, 'Content-Type': 'application/xml' },
		body: xmlDocument('PostResponse', {
			Location: location,
			Bucket: bucket.name,
			Key: object.key,
			ETag: object.etag,
		}),
	};
}
