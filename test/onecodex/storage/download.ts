import type { IncomingMessage } from 'node:http';
import type { Answer } from '../http';
import type { StandInState } from '../state';
import type { StoredObject } from '../types';
import { requestId } from './answers';
import { S3Error } from './errors';
import { presignedKey } from './presign';
import { parseRange } from './range';

/** @throws S3Error NoSuchKey, also while the service is still moving the file. */
function availableObject(state: StandInState, key: string): StoredObject {
	const document = state.documents.find(({ object }) => object?.key === key);
	const availableAt = (document?.confirmedAt ?? 0) + state.settings.availableAfter;
	if (!document?.object || Date.now() < availableAt) {
		throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
	}
	return document.object;
}

/**
 * The bytes behind a link of download_uri: "GetObject" in the Amazon S3 API reference.
 *
 * @throws S3Error
 */
export function download(request: IncomingMessage, state: StandInState): Answer {
	const { headers } = request;
	const key = presignedKey(request, {
		name: state.bucket,
		signingKey: state.settings.signingKey,
	});
	const { path, size, etag } = availableObject(state, key);
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
			'Accept-Ranges': 'bytes',
			...(range && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
			'Content-Type': 'binary/octet-stream',
		},
		file: { path, start, end },
	};
}
