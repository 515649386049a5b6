import fc from 'fast-check';

import { anyName } from './names';

/** What the service puts in: its own port, and the case's path, ID, MD5 of the file and secrets. */
export const PLACE = {
	port: '@PORT@',
	path: '@PATH@',
	id: '@ID@',
	md5: '@MD5@',
	apiKey: '@API-KEY@',
	policy: '@POLICY@',
} as const;

/** The right place for the file. */
export const AT = `127.0.0.1:${PLACE.port}${PLACE.path}`;
const ID = fc.oneof(
	{ weight: 9, arbitrary: fc.constant<unknown>(PLACE.id) },
	{
		weight: 1,
		arbitrary: fc.constantFrom<unknown>('', 5, null, {}, 'ABCDEF0123456789', '0123456789abcdef\n'),
	},
	{ weight: 1, arbitrary: fc.oneof(anyName, fc.jsonValue()) },
);
const uploadUrl = fc.oneof(
	{ weight: 4, arbitrary: fc.constant<unknown>(`http://${AT}`) },
	{
		weight: 4,
		arbitrary: fc.constantFrom<unknown>(
			...[
				'ftp://h/x',
				'file:///etc/passwd',
				'javascript:alert(1)',
				'data:,x',
				'blob:http://h/',
				'ws://h',
			],
			...[
				'http://other-host.example/',
				'http://192.0.2.1/',
				'/relative',
				'',
				`//${AT}`,
				'http://',
				'https://',
			],
			...[
				`http://user:pw@${AT}`,
				`HTTP://${AT}`,
				` http://${AT}\n`,
				`http://localhost:${PLACE.port}/`,
			],
			...[
				`https://${AT}`,
				'https://127.0.0.1:9/',
				'http://127.0.0.1:9/',
				'http://127.0.0.1:99999/',
			],
			...[
				`http://127.1:${PLACE.port}/`,
				`http://0x7f000001:${PLACE.port}/`,
				'http://127.0.0.1.example/',
			],
			...[
				`http://${AT}#f`,
				`http://${AT}?q=%zz`,
				`http://127.0.0.1:${PLACE.port}/api/v1/documents/init_upload`,
			],
			...['https://a b/', 'https://%00/', null, 5, {}],
		),
	},
	{
		weight: 1,
		arbitrary: fc.oneof(anyName, fc.webUrl({ validSchemes: ['http', 'ftp'] }), fc.jsonValue()),
	},
);
const additionalFields = fc.oneof(
	{ weight: 6, arbitrary: fc.constant<unknown>({ key: 'k', policy: 'p' }) },
	fc.constantFrom<unknown>(
		{},
		[],
		null,
		'text',
		5,
		{ file: 'x' },
		{ 'a"b': 'x' },
		{ a: '\n' },
		{ a: 'x'.repeat(21_000) },
	),
	fc.dictionary(anyName, fc.oneof(anyName, fc.jsonValue()), { maxKeys: 6, noNullPrototype: true }),
	fc.jsonValue(),
);
/** What a server says; it may repeat what it was sent. */
export const saysText = (repeated: string) =>
	fc.oneof(
		{ weight: 8, arbitrary: anyName },
		{ weight: 1, arbitrary: fc.constant(`What you sent was ${repeated}.`) },
		// n8n takes these for codes of Node.js.
		{
			weight: 1,
			arbitrary: fc.constantFrom('connect ECONNREFUSED 127.0.0.1:1', 'ENOENT: none', 'preexisting'),
		},
	);
const text = saysText(PLACE.apiKey);

/** Bodies of init_upload: the right keys with all kinds of values. */
export const initBody = fc
	.record({ document_id: ID, upload_url: uploadUrl, additional_fields: additionalFields })
	.map((body) => JSON.stringify(body));
const mostly = (right: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue() });
const confirmation = {
	document: mostly(fc.record({ $ref: mostly(text) })),
	message: mostly(text),
	success: mostly(fc.oneof(fc.boolean(), fc.constantFrom<unknown>('true', 1))),
};
export const confirmBody = fc
	.oneof(
		{ weight: 5, arbitrary: fc.record(confirmation) },
		{ weight: 1, arbitrary: fc.record(confirmation, { requiredKeys: [] }) },
	)
	.map((body) => JSON.stringify(body));
/** An error as the API words it, more or less. */
export const saying = fc
	.tuple(fc.constantFrom('message', 'msg', 'error'), fc.oneof(text, fc.jsonValue()))
	.map(([name, value]) => JSON.stringify({ [name]: value, status: 400 }));
export const noObject = fc.oneof(
	fc.json(),
	fc.constantFrom(
		'',
		'null',
		'[]',
		'1e999',
		'{"size":1e400}',
		'{"a":',
		'\ufeff{}',
		'<!DOCTYPE html><h1>502</h1>',
	),
	fc.constantFrom('x'.repeat(5_000_000), `{"message":"${'y'.repeat(100_000)}"}`),
	anyName,
);
export const truncated = fc
	.tuple(fc.oneof(initBody, confirmBody), fc.integer({ min: 1, max: 120 }))
	.map(([body, length]) => body.slice(0, length));
