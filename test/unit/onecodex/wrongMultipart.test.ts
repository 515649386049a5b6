import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { basic, send, until } from './client';
import { codeOf, ENCRYPTED, lend, partList, type S3, type S3Call } from './s3Client';

const KIB = 1024;
const MINUTE = 60_000;
const LIMIT = 64 * KIB;
const MIN_PART = 4;
const md5 = (content: string): Buffer => createHash('md5').update(content).digest();
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const etagOf = (content: string): string => `"${md5(content).toString('hex')}"`;

let standIn: OneCodexStandIn;
let directory: string;
let s3: S3;
let id: string;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'wrong-multipart-'));
	const options = { directory, maxFileSize: LIMIT, minPartSize: MIN_PART, requestsPerSecond: 0 };
	standIn = await startOneCodex(options);
});
afterAll(async () => {
	await standIn.close();
	await rm(directory, { recursive: true });
});
beforeEach(async () => {
	standIn.reset();
	s3 = await lend(standIn);
	id = await s3.create();
	await s3.put(id, 1, 'first');
	await s3.put(id, 2, 'two');
	await s3.put(id, 3, 'third');
});

/** Nothing was done: the upload is as it was, and no file is left of what was refused. */
function expectUnchanged(): void {
	expect(standIn.multipartUploads).toEqual([{ id, key: s3.lent.file_id, state: 'open', parts: 3 }]);
	expect(standIn.imports.map(({ object }) => object)).toEqual([undefined]);
	expect(readdirSync(directory)).toHaveLength(3);
}

const create: S3Call = { method: 'POST', query: '?uploads', headers: ENCRYPTED };
const without =
	(name: string) =>
	({ ...headers }: Record<string, string>) => {
		delete headers[name];
		return headers;
	};
const authorization =
	(pattern: RegExp | string, replacement: string) => (headers: Record<string, string>) => ({
		...headers,
		authorization: headers.authorization.replace(pattern, replacement),
	});
const MALFORMED = 'AuthorizationHeaderMalformed';
const today = () => new Date().toISOString().slice(0, 10).replaceAll('-', '');

const signatures: Array<[what: string, status: number, code: string, change: Partial<S3Call>]> = [
	['without Authorization', 403, 'AccessDenied', { tamper: without('authorization') }],
	[
		'an algorithm of another name',
		400,
		'InvalidArgument',
		{ tamper: authorization('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA512') },
	],
	['without SignedHeaders', 400, MALFORMED, { tamper: authorization(/SignedHeaders=\S+ /, '') }],
	['a fourth field', 400, MALFORMED, { tamper: authorization(/$/, ', Extra=1') }],
	['a field twice', 400, MALFORMED, { tamper: authorization(/$/, ', Signature=1') }],
	['a scope with too few parts', 400, MALFORMED, { tamper: authorization('/aws4_request', '') }],
	['another region', 400, MALFORMED, { region: 'us-east-1' }],
	['another service', 400, MALFORMED, { service: 'sts' }],
	['another terminal', 400, MALFORMED, { terminal: 'aws5_request' }],
	['a scope of another day', 400, MALFORMED, { date: '20130524' }],
	['a date that is none', 400, MALFORMED, { date: 'today' }],
	['without x-amz-date', 403, 'AccessDenied', { tamper: without('x-amz-date') }],
	[
		'an x-amz-date in another form',
		403,
		'AccessDenied',
		{ tamper: (headers) => ({ ...headers, 'x-amz-date': new Date().toUTCString() }) },
	],
	[
		'an x-amz-date that no calendar has',
		403,
		'AccessDenied',
		{ tamper: (headers) => ({ ...headers, 'x-amz-date': '20131324T000000Z' }) },
	],
	['a clock that is late', 403, 'RequestTimeTooSkewed', { clockSkew: -16 * MINUTE }],
	['a clock that is early', 403, 'RequestTimeTooSkewed', { clockSkew: 16 * MINUTE }],
	['an unknown key', 403, 'InvalidAccessKeyId', { accessKeyId: 'AKIA0000000000000000' }],
	['another secret', 403, 'SignatureDoesNotMatch', { secretAccessKey: 'x'.repeat(40) }],
	[
		'a signature of one digit less',
		403,
		'SignatureDoesNotMatch',
		{ tamper: authorization(/.$/, '') },
	],
	[
		'a signature that is no ASCII',
		403,
		'SignatureDoesNotMatch',
		{ tamper: authorization(/.$/, '\u00e9') },
	],
	['host not signed', 403, 'AccessDenied', { unsigned: ['host'] }],
	['x-amz-date not signed', 403, 'AccessDenied', { unsigned: ['x-amz-date'] }],
	['x-amz-content-sha256 not signed', 403, 'AccessDenied', { unsigned: ['x-amz-content-sha256'] }],
	[
		'another x-amz- header not signed',
		403,
		'AccessDenied',
		{ headers: { ...ENCRYPTED, 'x-amz-meta-a': 'b' }, unsigned: ['x-amz-meta-a'] },
	],
	[
		'content-type not signed',
		403,
		'AccessDenied',
		{ headers: { ...ENCRYPTED, 'content-type': 'text/plain' }, unsigned: ['content-type'] },
	],
	[
		'content-md5 not signed',
		403,
		'AccessDenied',
		{
			headers: { ...ENCRYPTED, 'content-md5': md5('').toString('base64') },
			unsigned: ['content-md5'],
		},
	],
	[
		'a header that was changed',
		403,
		'SignatureDoesNotMatch',
		{
			headers: { ...ENCRYPTED, 'x-amz-meta-a': 'b' },
			tamper: (headers) => ({ ...headers, 'x-amz-meta-a': 'c' }),
		},
	],
	[
		'a signed header that does not come',
		403,
		'SignatureDoesNotMatch',
		{ headers: { ...ENCRYPTED, 'content-type': 'text/plain' }, tamper: without('content-type') },
	],
	['signed headers out of order', 403, 'SignatureDoesNotMatch', { isUnsorted: true }],
	['another host', 403, 'SignatureDoesNotMatch', { tamper: (all) => ({ ...all, host: 'x' }) }],
	['without x-amz-content-sha256', 400, 'InvalidRequest', { payloadHash: '' }],
	['a digest that is none', 400, 'InvalidArgument', { payloadHash: 'abc' }],
	[
		'streamed in signed chunks',
		501,
		'NotImplemented',
		{ payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' },
	],
	[
		'streamed in chunks, with a checksum after them',
		501,
		'NotImplemented',
		{ payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
	],
	['another key', 403, 'AccessDenied', { key: 'another' }],
	['another bucket', 404, 'NoSuchBucket', { bucket: 'another' }],
	[
		'a body that is not the signed one',
		400,
		'XAmzContentSHA256Mismatch',
		{ body: 'x', payloadHash: '0'.repeat(64) },
	],
	[
		'the API key in place of a signature',
		400,
		'InvalidArgument',
		{ tamper: (headers) => ({ ...headers, authorization: basic('a'.repeat(32)) }) },
	],
	[
		'the API key beside the signature',
		400,
		'InvalidArgument',
		{ tamper: (headers) => ({ ...headers, 'x-api-key': 'a'.repeat(32) }) },
	],
];

test.each(signatures)('%s is refused with %i %s', async (_what, status, code, change) => {
	const reply = await s3.s3({ ...create, ...change });
	expect([reply.status, codeOf(reply)]).toEqual([status, code]);
	expect(reply.headers['content-type']).toBe('application/xml');
	expect(standIn.requests.at(-1)).toMatchObject({ side: 'storage', status });
	expectUnchanged();
});

test('a refusal says what would have been right', async () => {
	const said = async (change: Partial<S3Call>) => (await s3.s3({ ...create, ...change })).text;
	expect(await said({ region: 'us-east-1' })).toMatch(
		/the region 'us-east-1' is wrong; expecting 'eu-central-1'<\/Message><Region>eu-central-1<\/Region>/,
	);
	expect(await said({ unsigned: ['host', 'x-amz-date'] })).toContain(
		'<HeadersNotSigned>host, x-amz-date</HeadersNotSigned>',
	);
	expect(await said({ clockSkew: 16 * MINUTE })).toContain(
		'<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>',
	);
	expect(await said({ body: 'x', payloadHash: '0'.repeat(64) })).toContain(
		`<ClientComputedContentSHA256>${'0'.repeat(64)}</ClientComputedContentSHA256><S3ComputedContentSHA256>${sha256('x')}</S3ComputedContentSHA256>`,
	);
	const wrong = await said({ secretAccessKey: 'x' });
	expect(wrong).toContain('<StringToSign>AWS4-HMAC-SHA256&#10;');
	expect(wrong).toContain(`${today()}/eu-central-1/s3/aws4_request`);
	expect(wrong).toContain(`<CanonicalRequest>POST&#10;/${s3.lent.s3_bucket}/`);
	expect(wrong).not.toContain(s3.lent.upload_aws_secret_access_key);
});

test('a clock may be wrong by almost a quarter of an hour', async () => {
	for (const clockSkew of [-14 * MINUTE, 14 * MINUTE]) {
		expect((await s3.s3({ ...create, clockSkew })).status).toBe(200);
	}
});

test('keys that have expired are unknown', async () => {
	const expired = await startOneCodex({ policyLifetime: -1 });
	try {
		expect(codeOf(await (await lend(expired)).s3(create))).toBe('InvalidAccessKeyId');
	} finally {
		await expired.close();
	}
});

test('the keys of one file do not open another', async () => {
	const other = await lend(standIn);
	expect(codeOf(await other.s3({ ...create, key: s3.lent.file_id }))).toBe('AccessDenied');
	expect((await other.s3({ method: 'HEAD', key: s3.lent.file_id })).status).toBe(403);
	expect(codeOf(await other.put(id, 1, 'first'))).toBe('NoSuchUpload');
	expect(standIn.multipartUploads).toHaveLength(1);
});

test.each<[string, Partial<S3Call>]>([
	['no encryption', { headers: {} }],
	['encryption by KMS', { headers: { 'x-amz-server-side-encryption': 'aws:kms' } }],
])('an upload with %s is denied by the policy of the bucket', async (_what, change) => {
	const reply = await s3.s3({ ...create, ...change });
	expect([reply.status, codeOf(reply)]).toEqual([403, 'AccessDenied']);
	expectUnchanged();
});

const part = (number: number | string, body: S3Call['body'], more?: Partial<S3Call>) => () =>
	s3.put(id, number, body, more);
const list =
	(...parts: Array<[number, string]>) =>
	() =>
		s3.complete(id, partList(...parts));
const FIRST: [number, string] = [1, etagOf('first')];
const TWO: [number, string] = [2, etagOf('two')];
const THIRD: [number, string] = [3, etagOf('third')];

test.each<[what: string, status: number, code: string, call: () => ReturnType<S3['s3']>]>([
	['part 0', 400, 'InvalidArgument', part(0, 'x')],
	['part 10001', 400, 'InvalidArgument', part(10_001, 'x')],
	['part -1', 400, 'InvalidArgument', part(-1, 'x')],
	['part one', 400, 'InvalidArgument', part('one', 'x')],
	['a part of no upload', 404, 'NoSuchUpload', () => s3.put('unknown', 1, 'x')],
	['a part without a length', 411, 'MissingContentLength', part(1, Readable.from(['first']))],
	['a part that is too large', 400, 'EntityTooLarge', part(1, Buffer.alloc(LIMIT + 1))],
	[
		'a part of another MD5',
		400,
		'BadDigest',
		part(1, 'first', { headers: { 'content-md5': md5('other').toString('base64') } }),
	],
	[
		'an MD5 in hex',
		400,
		'InvalidDigest',
		part(1, 'first', { headers: { 'content-md5': md5('first').toString('hex') } }),
	],
	[
		'a part of another SHA-256',
		400,
		'XAmzContentSHA256Mismatch',
		part(1, 'first', { payloadHash: '0'.repeat(64) }),
	],
	['a part that asks for encryption', 400, 'InvalidArgument', part(1, 'x', { headers: ENCRYPTED })],
	['a completion of no upload', 404, 'NoSuchUpload', () => s3.complete('x', partList(FIRST))],
	['no part', 400, 'MalformedXML', list()],
	['no document', 400, 'MalformedXML', () => s3.complete(id, '')],
	[
		'a document without a length',
		411,
		'MissingContentLength',
		() => s3.s3({ method: 'POST', query: `?uploadId=${id}`, body: Readable.from(['x']) }),
	],
	[
		'a document of 2 MiB',
		400,
		'MaxMessageLengthExceeded',
		() => s3.complete(id, ' '.repeat(2 ** 21 + 1)),
	],
	[
		'a document of another MD5',
		400,
		'BadDigest',
		() =>
			s3.complete(id, partList(FIRST), {
				headers: { 'content-md5': md5('other').toString('base64') },
			}),
	],
	[
		'a document of another SHA-256',
		400,
		'XAmzContentSHA256Mismatch',
		() => s3.complete(id, partList(FIRST), { payloadHash: '0'.repeat(64) }),
	],
	[
		'a part of another CRC32',
		400,
		'BadDigest',
		part(1, 'first', { headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } }),
	],
	[
		'a part that is to be copied',
		501,
		'NotImplemented',
		part(1, '', { headers: { 'x-amz-copy-source': '/bucket/key' } }),
	],
	['parts that descend', 400, 'InvalidPartOrder', list(THIRD, FIRST)],
	['a part twice', 400, 'InvalidPartOrder', list(FIRST, FIRST)],
	['a part that never came', 400, 'InvalidPart', list(FIRST, [4, etagOf('first')])],
	['a part with the ETag of another', 400, 'InvalidPart', list(FIRST, [3, etagOf('first')])],
	['a small part before the last', 400, 'EntityTooSmall', list(FIRST, TWO, THIRD)],
	['an abort of no upload', 404, 'NoSuchUpload', () => s3.abort('unknown')],
	[
		'GET of the parts',
		405,
		'MethodNotAllowed',
		() => s3.s3({ method: 'GET', query: `?uploadId=${id}` }),
	],
	[
		'PUT without a number',
		405,
		'MethodNotAllowed',
		() => s3.s3({ method: 'PUT', query: `?uploadId=${id}`, body: 'x' }),
	],
	['DELETE of the object', 405, 'MethodNotAllowed', () => s3.s3({ method: 'DELETE' })],
	['POST to the object', 405, 'MethodNotAllowed', () => s3.s3({ method: 'POST' })],
	['PATCH', 405, 'MethodNotAllowed', () => s3.s3({ method: 'PATCH', query: `?uploadId=${id}` })],
])('%s is refused with %i %s', async (_what, status, code, call) => {
	const reply = await call();
	expect([reply.status, codeOf(reply)]).toEqual([status, code]);
	expect(standIn.requests.at(-1)).toMatchObject({ side: 'storage', status });
	expectUnchanged();
});

test('what was refused can still be put right', async () => {
	expect(codeOf(await list(FIRST, TWO, THIRD)())).toBe('EntityTooSmall');
	expect((await list(FIRST, THIRD)()).status).toBe(200);
	const again = await list(FIRST, THIRD)();
	expect([again.status, codeOf(again)]).toEqual([404, 'NoSuchUpload']);
	expect((await s3.callback()).status).toBe(200);
});

test('the last part may be small, and the limit is 5 MiB unless said otherwise', async () => {
	expect((await list(FIRST, TWO)()).status).toBe(200);
	const strict = await startOneCodex();
	try {
		const client = await lend(strict);
		const upload = await client.create();
		const large = 'x'.repeat(5 * 2 ** 20);
		for (const [number, content] of [
			[1, large],
			[2, large.slice(1)],
			[3, 'x'],
		] as const) {
			await client.put(upload, number, content);
		}
		const small: [number, string] = [2, etagOf(large.slice(1))];
		const last: [number, string] = [3, etagOf('x')];
		const refused = await client.complete(upload, partList([1, etagOf(large)], small, last));
		expect(refused.text).toContain('<ProposedSize>5242879</ProposedSize>');
		expect(refused.text).toContain('<MinSizeAllowed>5242880</MinSizeAllowed>');
		expect((await client.complete(upload, partList([1, etagOf(large)], last))).status).toBe(200);
	} finally {
		await strict.close();
	}
});

test('HEAD without a signature, of nothing, and under a path that does not decode', async () => {
	const head = (path: string) => send(standIn.storageUrl + path, { method: 'HEAD' });
	expect((await head(`/${s3.lent.s3_bucket}/${s3.lent.file_id}`)).status).toBe(403);
	expect((await s3.head()).status).toBe(404);
	expect((await s3.s3({ method: 'HEAD', key: '%zz' })).status).toBe(400);
});

test('a client that goes away, or stops early, leaves its part unchanged', async () => {
	const { hostname, port, host } = new URL(standIn.storageUrl);
	let sent: Record<string, string> = {};
	const tamper = (headers: Record<string, string>) => (sent = { ...headers, 'x-api-key': 'x' });
	const headers = { 'content-length': '5' };
	await s3.put(id, 1, Readable.from(['FIRST']), { headers, tamper });
	delete sent['x-api-key'];
	const path = `/${s3.lent.s3_bucket}/${s3.lent.file_id}?partNumber=1&uploadId=${id}`;
	const lines = Object.entries({ ...sent, host }).map(([name, value]) => `${name}: ${value}\r\n`);
	const request = `PUT ${path} HTTP/1.1\r\n${lines.join('')}\r\nFIR`;

	const stopping = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
	stopping.end(request);
	expect(await text(stopping)).toMatch(/^HTTP\/1\.1 400 [^]*<Code>IncompleteBody<\/Code>/);

	const leaving = connect({ host: hostname, port: Number(port) });
	leaving.write(request);
	await until(() => standIn.requests.at(-1)?.bytes === 3 && readdirSync(directory).length === 4);
	leaving.destroy();
	await until(
		() => standIn.requests.at(-1)?.aborted === true && readdirSync(directory).length === 3,
	);
	expectUnchanged();
	expect((await list(FIRST, THIRD)()).status).toBe(200);
});

test('a refusal of a part reaches a client that is still sending', async () => {
	const reply = await s3.put(id, 1, Buffer.alloc(32 * 2 ** 20), {
		payloadHash: 'UNSIGNED-PAYLOAD',
	});
	expect(codeOf(reply)).toBe('EntityTooLarge');
	expect(reply.headers.connection).toBe('close');
	expectUnchanged();
});
