import { nextPage } from '../../nodes/OneCodex/api/pages';

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
	])('is refused in %j', (link) => {
		expect(() => nextPage(link, LIST)).toThrow(
			expect.objectContaining({
				kind: 'service',
				message: expect.stringMatching(/of another list$/),
				description: expect.stringMatching(/Base URL/),
			}),
		);
	});
});
