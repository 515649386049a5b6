import { isObject } from '../types';
import { meaning, NETWORK_CODE, NOT_TRUSTED, type Message } from './messages';
import { OneCodexError } from './oneCodexError';

/**
 * What a request of n8n's helper failed with, as an error of ours. What the helper throws holds
 * the whole request, key and form included, so nothing of it is kept but its code.
 */
export function requestError(cause: unknown): OneCodexError {
	if (cause instanceof OneCodexError) return cause;
	const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
	if (inner instanceof OneCodexError) return inner;

	const code = codeOf(inner);
	if (!code) {
		// Not the network: a credential that is missing, or that refused to send its key.
		return new OneCodexError('input', inner instanceof Error ? inner.message : String(inner));
	}
	const [message, description]: Message =
		meaning(NETWORK_CODE, code) ??
		(/CERT|TLS|SSL|SIGNATURE/.test(code)
			? NOT_TRUSTED
			: ['The request failed', 'Check the address and the network, then run it again.']);
	return new OneCodexError('network', `${message} (${code})`, { code, description });
}

/** The code of Node.js. n8n 1 loses what caused its own error, but keeps the code in its `httpCode`. */
function codeOf(error: unknown): string {
	const { code, httpCode } = isObject(error) ? error : {};
	return [code, httpCode].find((each) => typeof each === 'string') ?? '';
}
