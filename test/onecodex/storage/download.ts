import type { IncomingMessage } from 'node:http';
import type { Answer } from '../http';
import type { StandInState } from '../state';
import type { StoredObject } from '../types';
import { S3Error } from './errors';
import { objectAnswer } from './objectAnswer';
import { presignedKey } from './presign';

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
 * The bytes behind a link of download_uri.
 *
 * @throws S3Error
 */
export function download(request: IncomingMessage, state: StandInState): Answer {
	const key = presignedKey(request, {
		name: state.bucket,
		signingKey: state.settings.signingKey,
	});
	return objectAnswer(request.headers, availableObject(state, key));
}
