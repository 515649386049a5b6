import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../http';
import type { StoredObject } from '../types';
import { requestId } from './answers';
import { S3Error } from './errors';
import { parseRange } from './range';

/**
 * The bytes that a GET asks of an object, or all: "GetObject" in the Amazon S3 API reference.
 *
 * @throws S3Error PreconditionFailed, InvalidRange
 */
export function objectAnswer(
	headers: IncomingHttpHeaders,
	{ path, size, etag, storedAt }: StoredObject,
): Answer {
	if (headers['if-match'] !== undefined && headers['if-match'] !== etag) {
		throw new S3Error(
			'PreconditionFailed',
			'At least one of the pre-conditions you specified did not hold',
			{ Condition: 'If-Match' },
		);
	}
	const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
	const range = isSame ? parseRange(headers.range, size) : undefined;
	const { start, end } = range ?? { start: 0, end: size - 1 };
	return {
		status: range ? 206 : 200,
		headers: {
			'x-amz-request-id': requestId(),
			ETag: etag,
			'Last-Modified': new Date(storedAt).toUTCString(),
			'Accept-Ranges': 'bytes',
			...(range && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
			'Content-Type': 'binary/octet-stream',
		},
		// An empty object has no first byte.
		...(size === 0 ? { body: '' } : { file: { path, start, end } }),
	};
}
