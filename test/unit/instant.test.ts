import { DateTime } from 'luxon';

import { instantOf } from '../../nodes/OneCodex/resources/shared/instant';

const momentOf = (value: unknown, zone: string) => instantOf(value, 'It', zone);

describe('a moment', () => {
	it.each<[unknown, string, string | undefined]>([
		['2026-01-31', 'UTC', '2026-01-31T00:00:00.000Z'],
		['2026-01-31 12:30', 'UTC', '2026-01-31T12:30:00.000Z'],
		['2026-01-31T12:30:15.5', 'America/New_York', '2026-01-31T17:30:15.500Z'],
		// The hour that the clocks skip, and the one that they have twice.
		['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
		['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
		['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00.000Z'],
		['2026-01-31T12:00:00+05:30', 'UTC', '2026-01-31T06:30:00.000Z'],
		[new Date(0), 'UTC', '1970-01-01T00:00:00.000Z'],
		[
			DateTime.fromISO('2026-01-31T12:00', { zone: 'Asia/Tokyo' }),
			'UTC',
			'2026-01-31T03:00:00.000Z',
		],
		['', 'UTC', undefined],
		[undefined, 'UTC', undefined],
		[null, 'UTC', undefined],
	])('is %p in %s: %p', (value, zone, expected) => {
		expect(momentOf(value, zone)).toBe(expected);
	});

	it.each([
		['ISO 8601, basic', '20260131T120000Z'],
		['ISO 8601, a week', '2026-W05-6T12:00Z'],
		['ISO 8601, the day of the year', '2026-031T12:00Z'],
		['RFC 3339', '2026-01-31t12:00:00.000z'],
		['RFC 3339 with a space', '2026-01-31 12:00:00+00:00'],
		['a database', '2026-01-31 13:00:00 +01:00'],
		['a database in UTC', '2026-01-31 12:00:00 UTC'],
		['ISO 8601 with a zone after a space', '2026-01-31T13:00:00 +01:00'],
		['ISO 8601 with a Z after a space', '2026-01-31T12:00:00 Z'],
		['a database with a z after a space', '2026-01-31 12:00:00 z'],
		['RFC 9557', '2026-01-31T13:00:00+01:00[Europe/Berlin]'],
		['RFC 9557 without an offset', '2026-01-31T13:00[Europe/Berlin]'],
		['the farthest east', '2026-02-01T02:00:00+14:00'],
		['the farthest west', '2026-01-31T00:00:00-12'],
		['RFC 2822', 'Sat, 31 Jan 2026 13:00:00 +0100'],
		['RFC 2822 in UT', 'Sat, 31 Jan 2026 12:00:00 UT'],
		['RFC 2822 in UTC', 'Sat, 31 Jan 2026 12:00 UTC'],
		['RFC 2822 in capitals', 'SAT, 31 JAN 2026 13:00:00 +0100'],
		['RFC 2822 in small letters', '31 jan 2026 07:00:00 est'],
		['RFC 2822 with other white space', 'Sat,31  Jan\t2026 12:00:00\n gmt'],
		['RFC 2822 with a comment', 'Sat, 31 Jan 2026 13:00:00 +0100 (CET)'],
		['HTTP', 'Sat, 31 Jan 2026 12:00:00 GMT'],
		['n8n, with white space', ' 2026-01-31T07:00:00.000-05:00\n'],
	])('is read in the form of %s', (_form, text) => {
		expect(momentOf(text, 'Asia/Tokyo')).toBe('2026-01-31T12:00:00.000Z');
	});

	it('is a day in eight digits, as instruments write it', () => {
		expect(momentOf('20260131', 'UTC')).toBe('2026-01-31T00:00:00.000Z');
	});

	it.each([
		...['soon', 'Week 48', 'report 5', '11.05.2026', '11/25/2026', '05/11/26', 'T10:00', '10:00'],
		...[
			'2026',
			'202601',
			'1767225',
			'2026031',
			'1764115200',
			'1764115200000',
			'46053',
			'2026-1-5',
			'31 Jan 26 12:00 GMT',
		],
		...['2026-13-01', '2026-02-30', '2026-01-31T25:00', '2026-02-30T99:00', '-2026-01-31'],
		...['+25:00', '+15', '+01:99', '-0160', ' +9999', '+01:00:30', ' CET', '+1'].map(
			(zone) => `2026-01-31T12:00:00${zone}`,
		),
		...['+9999', '+1500', '+0160', 'A', 'CET'].map((zone) => `31 Jan 2026 12:00:00 ${zone}`),
		...['Sat, 31 Jan 2026 12:00:00', 'Sun, 31 Jan 2026 12:00:00 GMT', 'Jan 31, 2026', '26-01-31'],
		...[new Date(NaN), DateTime.invalid('x')],
		...[5, NaN, 1764115200000],
	])('is not %p', (value) => {
		expect(() => momentOf(value, 'UTC')).toThrow(/^It is not a date$/);
	});

	it.each<[unknown, string]>([
		[['2026-01-31'], 'a list of 1'],
		[[], 'an empty list'],
		[{}, 'an object'],
		[true, 'true'],
	])('is not %p, which is told as what it is', (value, what) => {
		expect(() => momentOf(value, 'UTC')).toThrow(`It is ${what}, not a date`);
	});
});
