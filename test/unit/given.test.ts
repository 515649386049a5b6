import { isLeftOut, plainValue, shown, textOf, whatItIs } from '../../nodes/OneCodex/errors/given';

it.each([
	[undefined, 'undefined'],
	[null, 'null'],
	[false, 'false'],
	['a', 'text'],
	[' \n', 'empty'],
	[5, 'the number 5'],
	[NaN, 'the number NaN'],
	[7n, 'the number 7'],
	[[], 'an empty list'],
	[[1, 2, 3], 'a list of 3'],
	[new Date(0), 'a date'],
	[{ length: 1 }, 'an object'],
	[() => 0, 'a function'],
])('an error says what %p is', (value, words) => {
	expect(whatItIs(value)).toBe(words);
	expect(shown(value)).toBe(typeof value === 'string' && value === 'a' ? '"a"' : words);
});

it('of a text an error shows the beginning', () => {
	expect(shown(`  ${'x'.repeat(50)} `)).toBe(`"${'x'.repeat(40)}"`);
});

it.each([
	[' a b ', 'a b'],
	['', ''],
	[5, '5'],
	[0, '0'],
	[7n, '7'],
	[NaN, undefined],
	[Infinity, undefined],
	[true, undefined],
	[['a'], undefined],
	[{}, undefined],
	[null, undefined],
	[undefined, undefined],
])('%p as text is %p', (value, text) => {
	expect(textOf(value)).toBe(text);
	expect(isLeftOut(value)).toBe(value === undefined || value === null || value === '');
});

it('spaces alone are nothing given', () => {
	expect(isLeftOut('  ')).toBe(true);
});

it.each([
	[' 12 ', 12],
	['0', 0],
	['10', 10],
	[' true ', true],
	['false', false],
	['007', '007'],
	['12a', '12a'],
	['a12', 'a12'],
	['1.5', '1.5'],
	['1.000', '1.000'],
	['-1', '-1'],
	['True', 'True'],
	['', ''],
	[true, true],
	[5, 5],
	[5n, 5],
	[-5n, -5],
	[2n ** 53n - 1n, 2 ** 53 - 1],
	[2n ** 53n, 2n ** 53n],
	[null, null],
])('%p as a plain value is %p', (value, plain) => {
	expect(plainValue(value)).toBe(plain);
});
