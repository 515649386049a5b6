import type { Answer } from '../http';
import type { StandInState } from '../state';
import type { StoredObject } from '../types';
import { type Call, ENCRYPTION } from './call';
import { S3Error } from './errors';
import { objectAnswer } from './objectAnswer';

/** What was brought under a key that was lent for; gone once the callback made a document of it. */
export const importedObject = (state: StandInState, key: string): StoredObject | undefined =>
	state.imports.all.find((each) => each.key === key)?.object;

/** @throws S3Error NoSuchKey, and as objectAnswer */
export function getObject({
	state,
	key,
	headers,
}: Pick<Call, 'state' | 'key' | 'headers'>): Answer {
	const object = importedObject(state, key);
	if (!object) throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
	const answer = objectAnswer(headers, object);
	return { ...answer, headers: { ...answer.headers, [ENCRYPTION]: 'AES256' } };
}
