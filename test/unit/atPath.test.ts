import fc from 'fast-check';

import { atPath } from '../../nodes/OneCodex/binary/atPath';

/** n8n's own look-up. */
const get = jest.requireActual<(json: unknown, path: string) => unknown>('lodash/get');

const file = { id: 'filesystem-v2:1' };
const json = {
	_files: { data: file, 'a.b': file, attachment_0: file, 'x y': file, 'q"q': file, "s's": file },
	files: [file, { deep: [{ file }] }],
	'with.period': file,
	'in[0]brackets': file,
};

it.each([
	'_files.data',
	'_files["data"]',
	"_files['data']",
	'_files["a.b"]',
	"['_files']['a.b']",
	'_files.x y',
	'_files["q\\"q"]',
	'_files["s\'s"]',
	'files[0]',
	'files.0',
	'files["0"]',
	'files[1].deep[0].file',
	'with.period',
	'in[0]brackets',
])('%s is a file', (path) => {
	expect(get(json, path)).toBe(file);
	expect(atPath(json, path)).toBe(file);
});

it.each([
	'_files.a.b',
	'files[2]',
	'files[0].id.x',
	'',
	'constructor',
	'__proto__',
	'_files.toString',
])('%j is none', (path) => expect(atPath(json, path)).toBeUndefined());

it('finds what n8n finds, whatever the names', () => {
	const name = fc.oneof(
		fc.stringMatching(/^[a-z_][a-z0-9_]{0,5}$/),
		fc.stringMatching(/^[a-z. [\]"']{1,6}$/),
	);
	fc.assert(
		fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
			const nested = names.reduceRight<unknown>((below, each) => ({ [each]: below }), file);
			const path = names.map((each) => `[${JSON.stringify(each)}]`).join('');
			expect(get(nested, path)).toBe(file);
			expect(atPath(nested, path)).toBe(file);
		}),
	);
});
