import fc from 'fast-check';

import { inlineBytes, insteadOfBytes } from '../../nodes/OneCodex/binary/inlineBytes';

describe('of any file', () => {
	const encoded = fc.tuple(
		fc.uint8Array({ minLength: 1, maxLength: 90 }),
		fc.constantFrom<BufferEncoding>('base64', 'base64url'),
		fc.boolean(),
	);
	const text = ([bytes, alphabet, isPadded]: [Uint8Array, BufferEncoding, boolean]) =>
		Buffer.from(bytes)
			.toString(alphabet)
			.replace(isPadded ? '' : /=+$/, '');

	it('what an encoder makes is a file, with its padding or without', () => {
		fc.assert(
			fc.property(encoded, (each) => {
				// A store's name that is base64 at the same time: nobody has a file of these bytes.
				fc.pre(!/^(database|azure)$/.test(text(each)));
				expect(insteadOfBytes(text(each))).toBeUndefined();
				expect(inlineBytes(text(each))).toEqual(Buffer.from(each[0]));
			}),
			{ numRuns: 3_000 },
		);
	});

	it('white space changes nothing', () => {
		const space = fc.constantFrom(' ', '\n', '\r\n', '\t');
		const places = fc.array(fc.tuple(fc.nat(120), space), { maxLength: 9 });
		fc.assert(
			fc.property(encoded, places, (each, spaces) => {
				fc.pre(each[0].length >= 12);
				const spaced = spaces.reduce(
					(whole, [at, sign]) => whole.slice(0, at) + sign + whole.slice(at),
					text(each),
				);
				expect(insteadOfBytes(spaced)).toBeUndefined();
				expect(inlineBytes(spaced)).toEqual(Buffer.from(each[0]));
			}),
			{ numRuns: 3_000 },
		);
	});
});

it.each(['+++8', '++8', '//8', 'YWJj\nYWJj', ' eA== \n', 'eA'])('%j is base64', (data) => {
	expect(insteadOfBytes(data)).toBeUndefined();
});

it.each([
	'Hello',
	'hello world',
	'some text',
	'This is not a file',
	'a.b',
	'[object Object]',
	'Größe',
])('%j is none', (data) => expect(insteadOfBytes(data)).toBe('text that is not base64'));

it('a long text is read in no time, whatever is in it', () => {
	for (const sign of [' ', '=', 'a ', '= ', 'a=']) insteadOfBytes(`a${sign.repeat(200_000)}!`);
});
