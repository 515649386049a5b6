import type { IncomingMessage } from 'node:http';
import type { Answer } from '../http';
import type { StandInState } from '../state';
import type { StoredObject } from '../types';
import { S3Error } from './errors';
import { objectAnswer } from './objectAnswer';
import { presignedKey } from './presign';

/** What links lead to, and since when it has been the service's. */
function found(state: StandInState, key: string): { object?: StoredObject; since?: number } {
	const document = state.documents.find(({ object }) => object?.key === key);
	if (document) return { object: document.object, since: document.confirmedAt };
	const { samples, analyses } = state.library;
	const object = [
		...samples.flatMap(({ files }) => files),
		...analyses.flatMap(({ files }) => files.map((file) => file.object)),
	].find((each) => each.key === key);
	return { object, since: object?.storedAt };
}

/** @throws S3Error NoSuchKey, also while the service is still moving the file. */
function availableObject(state: StandInState, key: string): StoredObject {
	const { object, since = 0 } = found(state, key);
	if (!object || Date.now() < since + state.settings.availableAfter) {
		throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
	}
	return object;
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
