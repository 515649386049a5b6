import { OneCodexError } from '../errors/oneCodexError';
import { isLoopback, secureUrl } from './secureUrl';

/** White space of all scripts, what has no width, and the quotes that an address is copied with. */
const AROUND = '[\\s\\p{White_Space}\\p{Cf}\\p{Cc}"\'`<>]+';
const AT_THE_ENDS = new RegExp(`^${AROUND}|${AROUND}$`, 'gu');

/** What somebody typed or copied, without what is around it. */
export function trimmed(value: unknown): string {
	return typeof value === 'string' ? value.replace(AT_THE_ENDS, '') : '';
}

/** No address has signs without width, or white space around what parts it. */
const visible = (text: string): string =>
	text.replace(/[\p{Cf}\p{Cc}]/gu, '').replace(/\s*([/?#:])\s*/g, '$1');

/**
 * The URL that somebody entered, where the meaning is clear: white space around it and its parts is
 * left out, and what begins with a host's name is taken for https.
 *
 * @param name what the value is, as the error's first words
 * @throws OneCodexError (input)
 */
export function givenUrl(value: unknown, name: string): URL {
	const url = secureUrl(withScheme(visible(trimmed(value))), name);
	if (url.username || url.password) {
		throw new OneCodexError('input', `${name} has a user name or a password in it`, {
			description: 'Enter the address alone. The API key has a field of its own.',
		});
	}
	// The root of all names (RFC 1034) is there anyway, and no certificate has it.
	url.hostname = url.hostname.replace(/\.$/, '');
	return url;
}

/** A name with a period, as those of other machines; of this one it may be http as well. */
const HOST =
	/^(?:\/\/)?((?:[^\s/?#@]*@)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\.?(?::\d+)?)(?=[/?#]|$)/u;

function withScheme(text: string): string {
	const host = HOST.exec(text)?.[1];
	if (host === undefined || !URL.canParse(`https://${host}`)) return text;
	if (isLoopback(new URL(`https://${host}`))) return text;
	return `https://${text.replace(/^\/\//, '')}`;
}
