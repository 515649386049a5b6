import { DateTime } from 'luxon';

import { whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';

/** UTC by its name, or a difference that there is on Earth: luxon takes `+25:00` and `+01:99`, too. */
const ZONE = '(?:(UTC?|GMT|Z)|[+-](?:0\\d|1[0-4])(?::?[0-5]\\d)?)';

/**
 * A date of ISO 8601, with a time or without; RFC 3339 has a space or small letters in it, too, and
 * databases write a zone after a space, or the name of UTC. Not up to seven digits alone, which are
 * a number just as well; eight are a day, as instruments write it.
 */
const ISO_8601 = new RegExp(
	`^(\\d{4}(?!\\d{0,3}$)[-\\dW]*)(?:[T ](\\d{2}[\\d:.,]*)(?:\\s*(${ZONE}))?(\\[.+\\])?)?$`,
	'i',
);

/** With the year in full and a zone: `Sat, 31 Jan 2026 12:00:00 +0100`. */
const RFC_2822 = new RegExp(
	`^((?:[a-z]{3},\\s*)?\\d{1,2}\\s+[a-z]{3}\\s+\\d{4}\\s+[\\d:]+)\\s*(${ZONE}|[ECMP][SD]T)$`,
	'i',
);

/**
 * A moment in RFC 3339, UTC, of what a date field may hold: text in ISO 8601, with a zone or
 * without, in RFC 3339 or RFC 2822, or by expression a Date or one of n8n's DateTime; undefined for
 * nothing. Whatever could be read in two ways is refused: `11/05/2026`, a number of seconds or of
 * milliseconds.
 *
 * @param name the field's, for the error
 * @param timezone that of text without a zone, such as n8n's date picker gives
 * @throws OneCodexError (input)
 */
export function instantOf(value: unknown, name: string, timezone: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const at = typeof value === 'string' ? parse(value.trim(), timezone) : momentOf(value);
	if (at !== undefined && Number.isFinite(at)) return new Date(at).toISOString();
	const what = at === undefined ? `${whatItIs(value)}, not a date` : 'not a date';
	throw new OneCodexError('input', `${name} is ${what}`, {
		description: 'Give one such as 2026-01-31 or 2026-01-31T12:00:00Z, or leave the field out.',
	});
}

/** Milliseconds since 1970, NaN for what is no date. */
function parse(text: string, zone: string): number {
	const [, date, time, offset = '', isUtc, place = ''] = ISO_8601.exec(text) ?? [];
	if (!date) return fromMail(text.replace(/\([^()]*\)/g, ' ').trim());
	const iso = time ? `${date}T${time}${isUtc ? 'Z' : offset}${place}` : date;
	return DateTime.fromISO(iso.toUpperCase(), { zone }).toMillis();
}

/** RFC 2822 in any letters and any white space; luxon knows but one way of each. */
function fromMail(text: string): number {
	const [, date, zone, isUtc] = RFC_2822.exec(text) ?? [];
	if (!date) return NaN;
	const words = date
		.toLowerCase()
		.replace(/[a-z]+/g, (word) => word[0].toUpperCase() + word.slice(1));
	const spaced = words.replace(/,\s*/, ', ');
	return DateTime.fromRFC2822(`${spaced} ${isUtc ? 'GMT' : zone.toUpperCase()}`).toMillis();
}

/**
 * A Date, or a DateTime of n8n's own luxon; either may come out of n8n's sandbox for expressions. NaN
 * for a number, of which nobody can say since when it counts; undefined for anything else.
 */
function momentOf(value: unknown): number | undefined {
	const isDate = Object.prototype.toString.call(value) === '[object Date]';
	if (isDate || DateTime.isDateTime(value)) return Number(value);
	return typeof value === 'number' || typeof value === 'bigint' ? NaN : undefined;
}
