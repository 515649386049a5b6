import { OneCodexError } from '../errors/oneCodexError';
import { LETTERS } from './letters';

/** What One Codex takes in a file name (its API, init_upload). */
const NOT_TAKEN = /[^A-Za-z0-9._-]+/gu;

/** One or two short endings: `.pdf`, `.tar.gz`. */
const EXTENSION = /(?:\.[A-Za-z0-9]{1,10}){1,2}$/;

/** Most file systems' limit; an S3 key has room for it beside One Codex's prefix. */
const LONGEST = 255;

/**
 * The name under which a file goes into One Codex: letters, digits, dash, underscore and period.
 * A name that One Codex takes stays as it is. Of another, letters are transliterated and what has
 * no counterpart becomes `_`; the extension stays; a name of which nothing is left becomes
 * `document` plus extension.
 */
export function toFileName(original: string): string {
	const taken = transliterate(original).replace(NOT_TAKEN, '_');
	const extension = EXTENSION.exec(taken)?.[0] ?? '';
	const whole = taken.slice(0, taken.length - extension.length);
	// An underscore at the edge says nothing where a quote or an emoji stood.
	const stem = taken === original ? whole : whole.replace(/^_+|_+$/g, '');
	// `.gitignore` is all extension; it is a name all the same, and one that is taken.
	if (!/[A-Za-z0-9]/.test(stem) && !(taken === original && extension)) {
		return `document${extension}`;
	}
	return stem.slice(0, LONGEST - extension.length) + extension;
}

function transliterate(text: string): string {
	const parts = text.normalize('NFKD').replace(/\p{Mark}+/gu, '');
	return Array.from(parts, (letter) => LETTERS.get(letter) ?? upperCase(letter) ?? letter).join('');
}

/** A capital whose small letter is in the table: `Щ` as `Shch`. */
function upperCase(letter: string): string | undefined {
	const small = LETTERS.get(letter.toLowerCase());
	return small === undefined ? undefined : small.charAt(0).toUpperCase() + small.slice(1);
}

/**
 * The name for a file: the one that the user gave, else the one that the file brings, else
 * `document` with the file's extension.
 */
export function fileNameOf(
	file: { originalName?: string; fileExtension?: string },
	given: unknown,
): string {
	const name = typeof given === 'string' ? given.trim() : '';
	const fallback = file.fileExtension ? `.${file.fileExtension}` : '';
	return toFileName(name || (file.originalName ?? `document${fallback}`));
}

/**
 * The name for what the user gave, where there is no file that brings one.
 *
 * @throws OneCodexError (input) where nothing was given
 */
export function givenFileName(given: unknown): string {
	if (typeof given === 'string' && given.trim()) return toFileName(given.trim());
	throw new OneCodexError('input', 'File Name is empty', {
		description: 'Give a name, for example report.pdf.',
	});
}
