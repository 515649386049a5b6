import { nextPage } from '../../nodes/OneCodex/api/pages';
import { instantOf } from '../../nodes/OneCodex/resources/shared/instant';

const LIST = '/api/v1/documents';

describe('the next page', () => {
	it.each([
		[`<${LIST}?page=2&per_page=50>; rel="next"`, `${LIST}?page=2&per_page=50`],
		[
			`<${LIST}?page=1>; rel="self", <${LIST}?page=2>; rel="next", <${LIST}?page=9>; rel="last"`,
			`${LIST}?page=2`,
		],
		[`<https://elsewhere.example${LIST}?page=2>; rel="next"`, `${LIST}?page=2`],
		[`<${LIST}?page=2>; rel=next`, `${LIST}?page=2`],
		[
			`<${LIST}?where=%7B%22a%22%3A%20%22b,c%22%7D&page=2>; rel="next"`,
			`${LIST}?where=%7B%22a%22%3A%20%22b,c%22%7D&page=2`,
		],
		[`<${LIST}?page=1>; rel="prev"`, undefined],
		['', undefined],
		[undefined, undefined],
		[['x'], undefined],
	])('of %j is %j', (link, expected) => expect(nextPage(link, LIST)).toBe(expected));

	it.each([
		'</api/v1/samples?page=2>; rel="next"',
		'<//elsewhere.example/x>; rel="next"',
		'<:>; rel="next"',
	])('is refused in %j', (link) => expect(() => nextPage(link, LIST)).toThrow(/of another list$/));
});

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
		['', 'UTC', undefined],
		[undefined, 'UTC', undefined],
		[null, 'UTC', undefined],
	])('is %p in %s: %p', (value, zone, expected) => {
		expect(instantOf(value, 'It', zone)).toBe(expected);
	});

	it.each(['soon', '2026-02-30T99:00', {}, NaN, [], '2026-13-01'])('is not %p', (value) => {
		expect(() => instantOf(value, 'It', 'UTC')).toThrow('It is not a date');
	});
});
