/** `=?UTF-8?B?QmVyaWNodA==?=`, in which e-mails have names with letters of other alphabets (RFC 2047). */
const ENCODED_WORD = /=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi;

/** Between two of them white space is only there to end the line. */
const BETWEEN_WORDS = /(\?=)\s+(?==\?[\w-]+\?[bq]\?)/gi;

/**
 * A file's name as a person reads it: not in the code in which it came from an e-mail or out of an
 * address, and without the folders before it.
 */
export function plainName(name: string): string {
	return withoutFolders(decoded(name)).trim();
}

/** A path from a root on, or to a file with an ending. */
const PATH = /^([A-Za-z]:|[~.]{0,2})[/\\]|[/\\].*\.[A-Za-z]\w{0,9}\s*$/s;

/**
 * The same of a part of a name. `05/2026` is no folder with a file, but text that nobody should cut:
 * what is left would be found in other names. A `*` at its ends says what a part is anyhow.
 */
export function plainPart(text: string): string {
	const readable = decoded(text).trim();
	return (PATH.test(readable) ? withoutFolders(readable) : readable)
		.replace(/^\*+|\*+$/g, '')
		.trim();
}

const withoutFolders = (path: string): string => path.replace(/^.*[/\\]/s, '');

function decoded(name: string): string {
	return percentDecoded(name.replace(BETWEEN_WORDS, '$1').replace(ENCODED_WORD, decodedWord));
}

function decodedWord(word: string, charset: string, encoding: string, text: string): string {
	try {
		const bytes =
			encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedPrintable(text);
		return new TextDecoder(charset).decode(bytes);
	} catch {
		// A character set that nobody knows.
		return word;
	}
}

function quotedPrintable(text: string): Buffer {
	const escaped = text.replace(/_/g, ' ');
	const latin1 = escaped.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	return Buffer.from(latin1, 'latin1');
}

/** A name in which `%` means itself, such as `50%.csv`, stays. */
function percentDecoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
