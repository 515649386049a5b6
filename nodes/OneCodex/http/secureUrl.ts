import { OneCodexError } from '../errors/oneCodexError';

/**
 * Hosts whose traffic does not leave the machine, the only ones taken by plain http.
 * RFC 6761 (localhost), RFC 1122 (127.0.0.0/8), RFC 4291 (::1).
 */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * The URL, if what it carries is safe on the way: https, or plain http to a loopback host.
 *
 * @param name what the value is, as the error's first words: 'The upload URL'
 * @throws OneCodexError (input)
 */
export function secureUrl(value: unknown, name: string): URL {
	const url = typeof value === 'string' ? parse(value.trim()) : undefined;
	if (!url) {
		throw new OneCodexError('input', `${name} is not a URL`, {
			description: 'It must be a whole address that starts with https://.',
		});
	}
	if (url.protocol === 'https:') return url;
	if (url.protocol === 'http:' && LOOPBACK.test(url.hostname)) return url;
	throw new OneCodexError('input', `${name} must start with https://, not ${url.protocol}//`, {
		description: 'Plain http is taken for this machine only (localhost, 127.0.0.1 or [::1]).',
	});
}

function parse(value: string): URL | undefined {
	return URL.canParse(value) ? new URL(value) : undefined;
}
