import { LETTERS } from './letters';
import { plainName, plainPart } from './plainName';

/** What One Codex does not take in the name of a document (its API, init_upload). */
const NOT_TAKEN = /[^A-Za-z0-9._-]+/gu;

/** The same for a sample's files: besides, these take spaces and brackets, */
const NOT_TAKEN_OF_SAMPLE = /[^A-Za-z0-9._\-[\](){} ]+/gu;

/** but begin with neither, nor with a dash. */
const NO_BEGINNING = /^[^A-Za-z0-9._]/;

/** The names of a sample's files (One Codex's OpenAPI document). */
const SAMPLE_NAME = /^[\w.]+[\w\-.[\](){} ]*\.[\w.]+$/;

const SAYS_SOMETHING = /[A-Za-z0-9]/;

/** One or two short endings: `.pdf`, `.tar.gz`. */
const EXTENSION = /(?:\.[A-Za-z0-9]{1,10}){1,2}$/;

/** Most file systems' limit; an S3 key has room for it beside One Codex's prefix. */
const LONGEST = 255;

/**
 * The name under which a file goes into One Codex: letters, digits, dash, underscore and period.
 * A name that One Codex takes stays as it is. Of another, what follows the last separator of a path
 * counts, letters are transliterated and what has no counterpart becomes `_`; the extension stays; a
 * name of which nothing is left becomes `document` plus extension.
 */
export function toFileName(original: string): string {
	const { stem, extension, isTaken } = takenParts(plainName(original));
	// `.gitignore` is all extension; it is a name all the same, and one that is taken.
	if (!SAYS_SOMETHING.test(stem) && !(isTaken && extension)) return `document${extension}`;
	return stem.slice(0, LONGEST - extension.length) + extension;
}

/**
 * The same for a file of a sample, whose name ends with what says that it has reads. Names are made
 * as alike as can be, so that those of a pair still differ by their mark alone, and that all of a name
 * is found in what it became: `(2026) stool.fastq` gets a `_` before it.
 */
export function toSampleFileName(original: string): string {
	const taken = takenBySample(plainName(original)).replace(NO_BEGINNING, '_$&');
	// A name that is nothing but its ending is none to One Codex.
	const name = SAMPLE_NAME.test(taken) ? taken : `reads${taken}`;
	return name.length > LONGEST ? name.slice(0, LONGEST / 2) + name.slice(-LONGEST / 2) : name;
}

/**
 * What a part of such a name is, for whoever looks for a file by the name that it had: of
 * `Bericht März` it is `Bericht_Marz`. Undefined where nothing is left to look for.
 */
export function toPartOfFileName(text: string): string | undefined {
	const part = plainPart(text);
	const { name, stem, extension, isTaken } = takenParts(part);
	if (isTaken && name) return name;
	if (SAYS_SOMETHING.test(stem)) return name;
	return extension && toFileName(part);
}

/** The same for the name of a sample's file. */
export function toPartOfSampleFileName(text: string): string | undefined {
	const part = takenBySample(plainPart(text));
	return SAYS_SOMETHING.test(part) || part === text.trim() ? part : undefined;
}

const takenBySample = (plain: string): string =>
	transliterate(plain).replace(NOT_TAKEN_OF_SAMPLE, '_');

function takenParts(plain: string) {
	const taken = transliterate(plain).replace(NOT_TAKEN, '_');
	const extension = EXTENSION.exec(taken)?.[0] ?? '';
	const whole = taken.slice(0, taken.length - extension.length);
	const isTaken = taken === plain;
	// An underscore at the edge says nothing where a quote or an emoji stood.
	const stem = isTaken ? whole : whole.replace(/^_+|_+$/g, '');
	return { name: stem + extension, stem, extension, isTaken };
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
