import { DateTime } from 'luxon';

import { OneCodexError } from '../../errors/oneCodexError';

/**
 * A date of ISO 8601, with a time or without; RFC 3339 has a space or small letters in it, too. Not
 * four or six digits alone, which are a number just as well.
 */
const ISO_8601 = /^\d{4}(?!(?:\d{2})?$)[-\dW]*(?:[T ]\d{2}.*)?$/i;

/** As databases write a zone: after a space, or by the name of UTC. */
const ZONE = /\s*(?:(UTC|GMT)|([+-]\d{2}(?::?\d{2})?))$/i;

/** With the year in full and a zone: `Sat, 31 Jan 2026 12:00:00 +0100`. */
const RFC_2822 = /^(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} /i;

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
	if (Number.isFinite(at)) return new Date(at).toISOString();
	throw new OneCodexError('input', `${name} is not a date`, {
		description: 'Give one such as 2026-01-31 or 2026-01-31T12:00:00Z, or leave the field out.',
	});
}

/** Milliseconds since 1970, NaN for what is no date. */
function parse(text: string, zone: string): number {
	if (ISO_8601.test(text)) {
		const iso = text.replace(' ', 'T').replace(ZONE, (_, utc, offset) => (utc ? 'Z' : offset));
		return DateTime.fromISO(iso.toUpperCase(), { zone }).toMillis();
	}
	return RFC_2822.test(text) ? DateTime.fromRFC2822(text).toMillis() : NaN;
}

/** A Date, or a DateTime of n8n's own luxon; either may come out of n8n's sandbox for expressions. */
function momentOf(value: unknown): number {
	const isDate = Object.prototype.toString.call(value) === '[object Date]';
	return isDate || DateTime.isDateTime(value) ? Number(value) : NaN;
}
