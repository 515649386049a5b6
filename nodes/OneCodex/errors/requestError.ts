import { isObject } from '../types';
import { BETWEEN_ADVICE, meaning, NETWORK_CODE, NOT_TRUSTED, type Message } from './messages';
import { OneCodexError } from './oneCodexError';
import { PROXY_SAYS } from './proxyMessages';

/**
 * What a request of n8n's helper failed with, as an error of ours. What the helper throws holds
 * the whole request, key and form included, so nothing of it is kept but its code.
 */
export function requestError(cause: unknown): OneCodexError {
	const chain = chainOf(cause);
	const ours = chain.find((error) => error instanceof OneCodexError);
	if (ours) return ours;

	const [code = ''] = chain.map(codeOf).filter(Boolean);
	const innermost = chain.at(-1);
	const said = withoutLogIn(innermost instanceof Error ? innermost.message : String(innermost));
	const ofProxy = PROXY_SAYS.find(({ words }) => words.test(said));
	if (ofProxy) {
		const { means, isTransient } = ofProxy;
		return new OneCodexError('network', means[0], { description: means[1], isTransient });
	}
	if (!code) {
		// Not the network: a credential that is missing, or that refused to send its key, or n8n's own
		// protection, which knows best what to do about it.
		const description = descriptionOf(innermost);
		return new OneCodexError('input', said, { ...(description && { description }) });
	}
	const [message, description]: Message =
		meaning(NETWORK_CODE, code) ??
		(/CERT|TLS|SSL|SIGNATURE/.test(code)
			? NOT_TRUSTED
			: /^Z_|BROTLI|^ERR__ERROR/.test(code)
				? ['The answer was compressed in a wrong way', BETWEEN_ADVICE]
				: ['The request failed', 'Check the address and the network, then run it again.']);
	return new OneCodexError('network', `${message} (${code})`, { code, description });
}

/** An error and what caused it, the innermost last; n8n and its HTTP client each wrap it once. */
function chainOf(cause: unknown): unknown[] {
	const chain = [cause];
	for (let error = cause; error instanceof Error && error.cause instanceof Error; ) {
		error = error.cause;
		if (chain.includes(error)) break;
		chain.push(error);
	}
	return chain;
}

function descriptionOf(error: unknown): string {
	const { description } = isObject(error) ? error : {};
	return typeof description === 'string' ? withoutLogIn(description) : '';
}

/** A text without what stands before the host in an address: a proxy's may have a password. */
function withoutLogIn(text: string): string {
	return text.replace(/(\w:\/\/)[^/\s]*@/g, '$1***@');
}

/** The code of Node.js. n8n 1 loses what caused its own error, but keeps the code in its `httpCode`. */
function codeOf(error: unknown): string {
	const { code, httpCode } = isObject(error) ? error : {};
	return [code, httpCode].find((each) => typeof each === 'string') ?? '';
}
