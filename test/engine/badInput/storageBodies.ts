import fc from 'fast-check';

import { AT, PLACE, saysText } from './apiBodies';

const text = saysText(PLACE.policy);
const element = (name: string, value: fc.Arbitrary<string>) =>
	fc.oneof(
		{ weight: 12, arbitrary: value.map((one) => `<${name}>${one}</${name}>`) },
		{
			weight: 1,
			arbitrary: fc.constantFrom('', `<${name}/>`, `<${name}>`, `<${name}><![CDATA[x]]></${name}>`),
		},
	);
const etag = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.constantFrom(
			`"${PLACE.md5}"`,
			`&quot;${PLACE.md5}&quot;`,
			PLACE.md5,
			`&#34;${PLACE.md5}&#34;`,
		),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(`"${'0'.repeat(32)}"`, '""', '', '"x-2"', '&#99999;', '&unknown;'),
	},
);
/** S3's PostResponse, with elements that are missing or odd. */
export const stored = fc
	.tuple(
		element('Location', text),
		element('Bucket', text),
		element('Key', text),
		element('ETag', etag),
	)
	.map((parts) => `<?xml version="1.0"?><PostResponse>${parts.join('')}</PostResponse>`);
const code = fc.constantFrom(
	...[
		'AccessDenied',
		'EntityTooLarge',
		'EntityTooSmall',
		'ExpiredToken',
		'IncompleteBody',
		'InternalError',
	],
	...[
		'InvalidAccessKeyId',
		'NoSuchBucket',
		'RequestTimeout',
		'RequestTimeTooSkewed',
		'ServiceUnavailable',
	],
	...[
		'SignatureDoesNotMatch',
		'SlowDown',
		'InvalidArgument',
		'MalformedPOSTRequest',
		'__proto__',
		'toString',
	],
);
/** S3's Error. */
export const refused = fc
	.tuple(
		element('Code', fc.oneof(code, text)),
		element('Message', fc.oneof(text, fc.constant('Policy expired.'))),
	)
	.map((parts) => `<?xml version="1.0"?><Error>${parts.join('')}<RequestId>1</RequestId></Error>`);

/** Where a 307 may lead. */
export const location = fc.oneof(
	fc.constantFrom(
		`http://${AT}`,
		'http://other-host.example/',
		'ftp://h/',
		'/elsewhere',
		'',
		'http://[',
		'\\\\h\\x',
	),
	fc.webUrl({ validSchemes: ['http'] }),
);
