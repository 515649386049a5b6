import { OneCodexError } from '../../errors/oneCodexError';

/** What n8n's date picker gives: no zone, for the workflow's is meant. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * A moment in RFC 3339, UTC, of what a date field may hold: text with or without a zone, or by
 * expression a Date or one of n8n's DateTime. undefined for nothing.
 *
 * @param name the field's, for the error
 * @throws OneCodexError (input)
 */
export function instantOf(value: unknown, name: string, timezone: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const at = typeof value === 'string' ? parse(value.trim(), timezone) : value.valueOf();
	if (typeof at === 'number' && Math.abs(at) < 8.64e15) return new Date(at).toISOString();
	throw new OneCodexError('input', `${name} is not a date`, {
		description: 'Give one such as 2026-01-31 or 2026-01-31T12:00:00Z, or remove the filter.',
	});
}

function parse(text: string, timezone: string): number {
	if (!WITHOUT_ZONE.test(text)) return Date.parse(text);
	const [date, time = '00:00'] = text.split(/[T ]/);
	return inZone(Date.parse(`${date}T${time}Z`), timezone);
}

/** The moment at which the clocks of a zone show what UTC's would at this one. */
function inZone(utc: number, timezone: string): number {
	if (!Number.isFinite(utc)) return utc;
	// Twice, because the offset may change between the first guess and the moment itself.
	const guess = utc - offset(utc, timezone);
	return utc - offset(guess, timezone);
}

/** Milliseconds that a zone's clocks are ahead of UTC at a moment. */
function offset(at: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(at);
	const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
	const shown = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return shown - Math.floor(at / 1_000) * 1_000;
}
