import fc from 'fast-check';

import { formFields } from '../../nodes/OneCodex/storage/form';

describe('form fields', () => {
	it('keep order and text, numbers as their digits, ${filename} literally', () => {
		const fields = { z: 'user/${filename}', a: 201, 'x-amz-server-side-encryption': 'AES256' };
		const expected = [
			['z', 'user/${filename}'],
			['a', '201'],
			['x-amz-server-side-encryption', 'AES256'],
		];
		expect(formFields(fields)).toEqual(expected);
		expect(formFields(JSON.stringify(fields))).toEqual(expected);
	});

	it.each([
		['true', { a: true }],
		['null', { a: null }],
		['a fraction', { a: 1.5 }],
		['a number that has no exact digits', { a: 2 ** 60 }],
		['a lone CR', { a: 'x\ry' }],
		['a lone LF', { a: 'x\ny' }],
		['a list', { a: ['x'] }],
		['a quote in a name', { 'a"b': 'x' }],
		['a backslash in a name', { 'a\\': 'x' }],
		['a control character in a name', { 'a\u0001': 'x' }],
		['half of a surrogate pair', { a: '\ud800' }],
		['an empty name', { '': 'x' }],
		['a file field', { file: 'x' }],
		['CR LF', { a: 'x\n\r\ny' }],
		['an LF that follows CR LF', { a: 'x\r\n\ny' }],
		['nothing', {}],
		['what is no JSON', '{"a":'],
		['what is no object', '["a"]'],
	])('refuse %s', (_, fields) => {
		expect(() => formFields(fields)).toThrow(
			expect.objectContaining({
				kind: 'input',
				message: expect.stringMatching(/^Upload Fields: ["\w]/),
				description: 'Use additional_fields as Init Upload gave it, unchanged.',
			}),
		);
	});

	it('may have line breaks as a form has them, and signs of two halves', () => {
		const fields = { a: 'x\r\ny', b: '🧬' };
		expect(formFields(fields)).toEqual(Object.entries(fields));
	});

	it('are no longer than S3 takes before the file', () => {
		// A field has its boundary and its headers around it, 160 bytes.
		const fields = (length: number) => ({ a: 'x'.repeat(10_000), b: 'ä'.repeat(length / 2) });
		const most = 20 * 1024 - 10_000 - 2 * 161;
		expect(formFields(fields(most))).toHaveLength(2);
		expect(() => formFields(fields(most + 2))).toThrow('S3 takes 20 KB of fields at most');
	});

	it('are refused or sent as they are, whatever they hold', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				try {
					for (const [name, text] of formFields(value)) {
						expect(text).toBe(String((value as Record<string, unknown>)[name]));
					}
				} catch (error) {
					expect(String(error)).toMatch(/Upload Fields: /);
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});
