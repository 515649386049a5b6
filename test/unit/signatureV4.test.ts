import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

import fc from 'fast-check';

import { encode, signedHeaders } from '../../nodes/OneCodex/storage/signatureV4';

/** The keys of the examples in the Amazon S3 API reference. */
const keys = {
	accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
	secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const date = new Date('2013-05-24T00:00:00Z');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const signatureOf = ({ authorization }: Record<string, string>) =>
	authorization.split('Signature=')[1];

describe('the examples of Amazon', () => {
	it('PUT Object', () => {
		const signed = signedHeaders(
			{
				method: 'PUT',
				url: new URL('https://examplebucket.s3.amazonaws.com/test%24file.text'),
				headers: {
					date: 'Fri, 24 May 2013 00:00:00 GMT',
					'x-amz-storage-class': 'REDUCED_REDUNDANCY',
				},
			},
			keys,
			'us-east-1',
			date,
			sha256('Welcome to Amazon S3.'),
		);
		expect(signatureOf(signed)).toBe(
			'98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
		);
		expect(signed.authorization).toContain(
			'Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, ',
		);
	});

	it.each([
		[
			'a bucket its lifecycle',
			'?lifecycle',
			'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
		],
		[
			'the list of a bucket',
			'?max-keys=2&prefix=J',
			'34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
		],
	])('GET of %s', (_, query, expected) => {
		const url = new URL(`https://examplebucket.s3.amazonaws.com/${query}`);
		const signed = signedHeaders(
			{ method: 'GET' as 'HEAD', url },
			keys,
			'us-east-1',
			date,
			sha256(''),
		);
		expect(signatureOf(signed)).toBe(expected);
	});
});

it.each(['/a%zz/b', '/%', '/%ff'])('a path that cannot be decoded is signed: %s', (path) => {
	const url = new URL(path, 'https://bucket.example');
	expect(signatureOf(signedHeaders({ method: 'PUT', url }, keys, 'us-east-1', date))).toMatch(
		/^[0-9a-f]{64}$/,
	);
});

/** Amazon's own implementation wants a hash as a class. */
class Sha256 {
	private readonly hash: Hash | Hmac;

	constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
		this.hash = secret
			? createHmac(
					'sha256',
					typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array),
				)
			: createHash('sha256');
	}

	update(data: Uint8Array): void {
		this.hash.update(data);
	}

	async digest(): Promise<Uint8Array> {
		return await Promise.resolve(this.hash.digest());
	}
}

it('any request is signed as by the implementation of the AWS SDK', async () => {
	const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom('PUT' as const, 'POST' as const, 'DELETE' as const),
			fc.array(text, { minLength: 1, maxLength: 3 }),
			fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), text, { maxKeys: 4 }),
			fc.constantFrom('us-east-1', 'eu-central-1', 'ap-southeast-2'),
			fc.date({ min: new Date('2001-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
			// White space around a value does not count, and within it once.
			fc.string({ unit: fc.constantFrom(' ', 'a', '='), maxLength: 8 }),
			async (method, path, query, region, at, value) => {
				const url = new URL(`https://bucket.example/${path.map(encode).join('/')}`);
				url.search = Object.entries(query)
					.map(([name, value]) => `${encode(name)}=${encode(value)}`)
					.join('&');
				const ours = signedHeaders(
					{ method, url, headers: { 'content-type': 'application/xml', 'x-amz-meta-a': value } },
					keys,
					region,
					at,
				);
				const signer = new SignatureV4({
					service: 's3',
					region,
					credentials: keys,
					sha256: Sha256,
					// S3 signs a path as it is sent.
					uriEscapePath: false,
					applyChecksum: false,
				});
				const { authorization, ...headers } = ours;
				const theirs = await signer.sign(
					{
						method,
						protocol: 'https:',
						hostname: 'bucket.example',
						path: url.pathname,
						query,
						headers: { ...headers, host: 'bucket.example' },
					},
					{ signingDate: at },
				);
				expect(authorization).toBe(theirs.headers.authorization);
			},
		),
		{ numRuns: 500 },
	);
});
