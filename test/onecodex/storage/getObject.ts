import type { Answer } from '../http';
import { type Call, ENCRYPTION } from './call';
import { S3Error } from './errors';
import { objectAnswer } from './objectAnswer';

/** @throws S3Error NoSuchKey, and as objectAnswer */
export function getObject({
	state,
	key,
	headers,
}: Pick<Call, 'state' | 'key' | 'headers'>): Answer {
	const object = state.imports.objectAt(key);
	if (!object) throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
	const answer = objectAnswer(headers, object);
	return { ...answer, headers: { ...answer.headers, [ENCRYPTION]: 'AES256' } };
}
