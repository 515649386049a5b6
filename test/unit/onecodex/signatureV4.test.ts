import { signatureOf } from '../../onecodex/storage/signatureV4';

/** The examples of "Signature Calculations for the Authorization Header" in the S3 API reference. */
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TIMESTAMP = '20130524T000000Z';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const TEXT = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072';

test.each([
	[
		'GET Object',
		'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
		{ method: 'GET', target: '/test.txt', payloadHash: EMPTY, headers: { Range: 'bytes=0-9' } },
	],
	[
		'PUT Object',
		'98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
		{
			method: 'PUT',
			target: '/test%24file.text',
			payloadHash: TEXT,
			headers: {
				Date: 'Fri, 24 May 2013 00:00:00 GMT',
				'x-amz-storage-class': 'REDUCED_REDUNDANCY',
			},
		},
	],
	[
		'GET Bucket Lifecycle',
		'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
		{ method: 'GET', target: '/?lifecycle', payloadHash: EMPTY, headers: {} },
	],
	[
		'Get Bucket (List Objects)',
		'34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
		{ method: 'GET', target: '/?max-keys=2&prefix=J', payloadHash: EMPTY, headers: {} },
	],
])("Amazon's example %s", (_name, expected, { method, target, payloadHash, headers }) => {
	const all = {
		...headers,
		'X-Amz-Date': TIMESTAMP,
		Host: 'examplebucket.s3.amazonaws.com',
		'x-amz-content-sha256': payloadHash,
	};
	const signedHeaders = Object.keys(all).map((name) => name.toLowerCase());
	const signable = {
		method,
		target,
		payloadHash,
		signedHeaders,
		rawHeaders: Object.entries(all).flat(),
	};
	const scope = { date: '20130524', region: 'us-east-1' };
	expect(signatureOf(signable, scope, TIMESTAMP, SECRET).signature).toBe(expected);
});

const canonical = (target: string, ...rawHeaders: string[]): string[] => {
	const signedHeaders = rawHeaders.filter((_, index) => index % 2 === 0);
	const names = [...new Set(signedHeaders.map((name) => name.toLowerCase()))];
	const signable = { method: 'GET', target, payloadHash: EMPTY, signedHeaders: names, rawHeaders };
	const scope = { date: '20130524', region: 'us-east-1' };
	return signatureOf(signable, scope, TIMESTAMP, SECRET).canonicalRequest.split('\n');
};

test.each([
	['/a/b.txt', '/a/b.txt', ''],
	['/a b', '/a%20b', ''],
	["/it's(1)*!", '/it%27s%281%29%2A%21', ''],
	['/a//../b', '/a//../b', ''],
	['/a%2Fb%c3%a4~', '/a/b%C3%A4~', ''],
	['/a+b', '/a%2Bb', ''],
	['/?uploads', '/', 'uploads='],
	['/?b=2&a=2&a=1&a-b=0', '/', 'a=1&a=2&a-b=0&b=2'],
	['/?b=%7e%2f+%20&&a=x=y', '/', 'a=x%3Dy&b=~%2F%20%20'],
])('%s is canonically %s and %s', (target, path, query) => {
	expect(canonical(target).slice(1, 3)).toEqual([path, query]);
});

test('headers are sorted, in lower case, trimmed and joined', () => {
	const lines = canonical('/', 'X-B', '  2   3 ', 'Host', 'h', 'x-b', '1', 'A', 'a', 'X-A', '"x"');
	expect(lines.slice(3)).toEqual([
		'a:a',
		'host:h',
		'x-a:"x"',
		'x-b:2 3,1',
		'',
		'a;host;x-a;x-b',
		EMPTY,
	]);
});

test('a path that does not decode is refused', () => {
	expect(() => canonical('/%zz')).toThrow("Couldn't parse the specified URI.");
});
