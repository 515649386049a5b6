import fc from 'fast-check';

import { anyName } from './names';

type Fields = Record<string, unknown>;

const ownName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,30}$/).filter((name) => name !== 'file');
const wholeText = fc
	.oneof(
		fc.string({ unit: 'binary', maxLength: 200 }),
		fc.string({ unit: 'grapheme', maxLength: 60 }),
		fc.base64String({ maxLength: 600 }),
		fc.constantFrom(
			'user_a/file_b/${filename}',
			'a\r\nb',
			'',
			'"',
			"'",
			'\ufeff',
			'\0',
			'--',
			'$&',
		),
	)
	.filter((text) => !/\r(?!\n)|(?<!\r)\n/.test(text));

/** What One Codex could give: the node has to send every one of these. */
export const plausibleMap = fc.dictionary(ownName, fc.oneof(wholeText, fc.maxSafeInteger()), {
	minKeys: 1,
	maxKeys: 10,
	noNullPrototype: true,
});

const oddName = fc.oneof(
	ownName,
	anyName,
	fc.constantFrom(
		'file',
		'File',
		'',
		'0',
		'10',
		'a"b',
		'a\r\nb',
		'a\\',
		'\\',
		'ä',
		'🧬',
		'\0',
		'%22',
		'__proto__',
	),
	fc.constantFrom(
		'policy',
		'key',
		'toString',
		'hasOwnProperty',
		'then',
		'a b',
		' a',
		';',
		'x'.repeat(21_000),
	),
);
const oddValue = fc.oneof(
	wholeText,
	anyName,
	fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.jsonValue()),
	fc.constantFrom(
		2 ** 53,
		1e300,
		-0,
		'\n',
		'a\rb',
		'\r\n',
		'\ud800',
		'x'.repeat(20_480),
		'x'.repeat(30_000),
	),
);
const oddMap = fc
	.array(fc.tuple(oddName, oddValue), { maxLength: 8 })
	.map((entries): Fields => Object.fromEntries(entries));
const manyFields = fc
	.integer({ min: 50, max: 300 })
	.map(
		(count): Fields => Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, at])),
	);

const json = fc.oneof(plausibleMap, oddMap).map((map) => JSON.stringify(map));
const brokenJson = fc
	.tuple(json, fc.integer({ min: 0, max: 60 }))
	.map(([text, length]) => text.slice(0, length));

/** Whatever an expression may give for Upload Fields. */
export const anyFields = fc.oneof(
	{ weight: 5, arbitrary: oddMap },
	{ weight: 2, arbitrary: json },
	{ weight: 1, arbitrary: brokenJson },
	{ weight: 1, arbitrary: manyFields },
	{
		weight: 1,
		arbitrary: fc.oneof(anyName, fc.jsonValue(), fc.constantFrom('', '{}', '[]', 'null', '{"a":')),
	},
);

/** The fields as they have to arrive, of an object or its JSON; undefined of anything else. */
export function expectedFields(uploadFields: unknown): Array<[string, string]> | undefined {
	try {
		const map: unknown = typeof uploadFields === 'string' ? JSON.parse(uploadFields) : uploadFields;
		return Object.entries(map as Fields).map(([name, value]) => [name, String(value)]);
	} catch {
		return undefined;
	}
}
