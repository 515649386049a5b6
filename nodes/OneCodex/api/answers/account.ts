import { isObject } from '../../types';
import { isReference, objectOf, unexpected } from './shape';

/** The user that an account is, as references name it. @throws OneCodexError (service) */
export function accountUser(answer: unknown): string {
	const { user } = objectOf(answer);
	if (isReference(user)) return user.$ref;
	// With references that are expanded, it is the user itself.
	if (isObject(user) && typeof user.$uri === 'string') return user.$uri;
	throw unexpected('for the account', 'user');
}
