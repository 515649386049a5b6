import { objectOf, unexpected } from './shape';

/** @throws OneCodexError (service) when the answer is not a user as the API describes one */
export function userAnswer(answer: unknown): { $uri: string; email: string | null } {
	const { $uri, email } = objectOf(answer);
	if (
		typeof $uri !== 'string' ||
		!/\/users\/[0-9a-f]{16}$/.test($uri) ||
		!(typeof email === 'string' || email === null)
	) {
		throw unexpected('for a user', '$uri and email');
	}
	return { $uri, email };
}
