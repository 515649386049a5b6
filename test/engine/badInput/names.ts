import fc from 'fast-check';

/** What breaks headers, paths, keys, expressions and shells, and what n8n takes for its own. */
const NASTY = [
	...[
		'',
		'.',
		'..',
		'...',
		'/',
		'\\',
		'"',
		"'",
		'`',
		' ',
		'\t',
		'\n',
		'\r',
		'\r\n',
		'\0',
		'\u007f',
	],
	...['${filename}', '$&', "$'", '%00', '%2e%2e%2f', '%', '../../etc/passwd', 'C:\\a\\b.txt'],
	...['CON', 'nul.txt', 'LPT1.pdf', 'file', '__proto__', 'constructor', '={{ 1 }}', '{{ $json }}'],
	...[
		'"; filename="b.exe',
		'\r\nX-Header: 1\r\n\r\n',
		'--boundary--',
		'<b>',
		'; DROP',
		'*',
		'_',
		'-',
	],
	...['\u202efdp.exe', '\u200f', '\u200b', '\ufeff', '\u0301', 'é', 'e\u0301', 'ﬁ', 'Å', 'İ', '½'],
	...[
		'🧬',
		'👩‍🔬',
		'🏳️‍🌈',
		'报告',
		'отчёт',
		'تقرير',
		'\u{10ffff}',
		'\ud800',
		'\udc00',
		'.pdf',
		'.tar.gz',
	],
	// n8n takes these for codes of Node.js, wherever in an error they stand.
	...['preexisting.csv', 'filepermissions.txt', 'ECONNREFUSED', 'enoent.log', 'getaddrinfo'],
];

const nasty = fc.constantFrom(...NASTY);
const halves = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
	.map((units) => String.fromCharCode(...units));
const text = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 300 }),
	fc.string({ unit: 'grapheme', maxLength: 80 }),
	fc.string({ unit: 'binary-ascii', maxLength: 60 }),
	halves,
);
const long = fc
	.tuple(fc.oneof(nasty, fc.string({ minLength: 1 })), fc.integer({ min: 100, max: 2_000 }))
	.map(([part, times]) => part.repeat(times).slice(0, 4_000));

/** Any text that a file may be called. */
export const anyName = fc.oneof(
	{ weight: 4, arbitrary: text },
	{
		weight: 4,
		arbitrary: fc.array(fc.oneof(nasty, text), { maxLength: 5 }).map((all) => all.join('')),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(text, fc.stringMatching(/^(\.[a-z0-9]{1,12}){1,3}$/))
			.map((all) => all.join('')),
	},
	{ weight: 1, arbitrary: nasty },
	{ weight: 1, arbitrary: long },
);

/** A name, and whether the file brings it or a parameter gives it; a parameter may be anything. */
export const namedFile = fc.record({
	fileName: fc.option(anyName, { nil: undefined }),
	given: fc.oneof(
		{ weight: 3, arbitrary: fc.constant(undefined) },
		{ weight: 3, arbitrary: anyName },
		{
			weight: 1,
			arbitrary: fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.jsonValue()),
		},
	),
});

export type NamedFile = typeof namedFile extends fc.Arbitrary<infer T> ? T : never;

/** Whether One Codex takes it; it must say something, too. */
export const isName = (name: unknown): boolean =>
	typeof name === 'string' && /^[A-Za-z0-9._-]{1,255}$/.test(name) && /[A-Za-z0-9]/.test(name);
