import { whatItIs } from '../errors/given';
import { OneCodexError } from '../errors/oneCodexError';

/**
 * Hosts whose traffic does not leave the machine, the only ones taken by plain http.
 * RFC 6761 (localhost), RFC 1122 (127.0.0.0/8), RFC 4291 (::1).
 */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

const SCHEME = /^(blob|data|file|ftp|http|javascript|s3|sftp|wss?):$/;

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
			description: `It is ${whatItIs(value)}. It must be a whole address that starts with https://.`,
		});
	}
	if (url.protocol === 'https:') return url;
	if (url.protocol === 'http:' && isLoopback(url)) return url;
	// Only what is known to be a scheme: in place of one may stand a user name, or a key.
	const other = SCHEME.test(url.protocol) ? `, not ${url.protocol}//` : '';
	throw new OneCodexError('input', `${name} must start with https://${other}`, {
		description: 'Plain http is taken for this machine only (localhost, 127.0.0.1 or [::1]).',
	});
}

export function isLoopback({ hostname }: URL): boolean {
	return LOOPBACK.test(hostname);
}

function parse(value: string): URL | undefined {
	return URL.canParse(value) ? new URL(value) : undefined;
}
