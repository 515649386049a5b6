import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { send, until } from './client';
import { codeOf, lend, type S3, type S3Call } from './s3Client';

const LIMIT = 64 * 1024;
const OLD = 'what was there before';
const md5 = (content: string): Buffer => createHash('md5').update(content).digest();
const etagOf = (content: string): string => `"${md5(content).toString('hex')}"`;

let standIn: OneCodexStandIn;
let directory: string;
let s3: S3;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'wrong-objects-'));
	standIn = await startOneCodex({ directory, maxFileSize: LIMIT, requestsPerSecond: 0 });
});
afterAll(async () => {
	await standIn.close();
	await rm(directory, { recursive: true });
});
beforeEach(async () => {
	standIn.reset();
	s3 = await lend(standIn);
	await s3.putObject(OLD);
});

/** Nothing was done: the object is as it was, and no file is left of what was refused. */
function expectUnchanged(): void {
	expect(standIn.imports[0].object).toMatchObject({ key: s3.lent.file_id, etag: etagOf(OLD) });
	expect(readdirSync(directory)).toHaveLength(1);
}

const put = (body: S3Call['body'], more?: Partial<S3Call>) => () => s3.putObject(body, more);
const headed = (headers: Record<string, string>) => put('new', { headers });
const without =
	(name: string) =>
	({ ...headers }: Record<string, string>) => {
		delete headers[name];
		return headers;
	};

test.each<[what: string, status: number, code: string, call: () => ReturnType<S3['s3']>]>([
	['another key', 403, 'AccessDenied', put('new', { key: 'another' })],
	['a key below it', 403, 'AccessDenied', () => put('new', { key: `${s3.lent.file_id}/a` })()],
	['another bucket', 404, 'NoSuchBucket', put('new', { bucket: 'another' })],
	['no signature', 403, 'AccessDenied', put('new', { tamper: without('authorization') })],
	['another secret', 403, 'SignatureDoesNotMatch', put('new', { secretAccessKey: 'x' })],
	[
		'no encryption',
		403,
		'AccessDenied',
		() => s3.s3({ method: 'PUT', body: 'new', payloadHash: 'UNSIGNED-PAYLOAD' }),
	],
	['encryption by KMS', 403, 'AccessDenied', headed({ 'x-amz-server-side-encryption': 'aws:kms' })],
	[
		'encryption not signed',
		403,
		'AccessDenied',
		put('new', { unsigned: ['x-amz-server-side-encryption'] }),
	],
	['no length', 411, 'MissingContentLength', put(Readable.from(['new']))],
	['too large', 400, 'EntityTooLarge', put(Buffer.alloc(LIMIT + 1))],
	[
		'another SHA-256',
		400,
		'XAmzContentSHA256Mismatch',
		put('new', { payloadHash: '0'.repeat(64) }),
	],
	['no SHA-256', 400, 'InvalidRequest', put('new', { payloadHash: '' })],
	['a SHA-256 that is none', 400, 'InvalidArgument', put('new', { payloadHash: '0'.repeat(63) })],
	[
		'chunks with a trailer',
		501,
		'NotImplemented',
		put('new', { payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }),
	],
	['another MD5', 400, 'BadDigest', headed({ 'content-md5': md5('other').toString('base64') })],
	['an MD5 in hex', 400, 'InvalidDigest', headed({ 'content-md5': md5('new').toString('hex') })],
	['another CRC32', 400, 'BadDigest', headed({ 'x-amz-checksum-crc32': 'AAAAAA==' })],
	['a CRC32 that is none', 400, 'InvalidRequest', headed({ 'x-amz-checksum-crc32': 'AA==' })],
	[
		'a checksum of another kind',
		501,
		'NotImplemented',
		headed({ 'x-amz-checksum-crc64nvme': 'A' }),
	],
	[
		'two checksums',
		400,
		'InvalidRequest',
		headed({ 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-sha1': 'A' }),
	],
	['a copy', 501, 'NotImplemented', headed({ 'x-amz-copy-source': '/bucket/key' })],
	['a condition', 501, 'NotImplemented', headed({ 'if-none-match': '*' })],
	['another sub-resource', 405, 'MethodNotAllowed', put('new', { query: '?acl' })],
])('PUT with %s is refused with %i %s', async (_what, status, code, call) => {
	const reply = await call();
	expect([reply.status, codeOf(reply)]).toEqual([status, code]);
	expect(standIn.requests.at(-1)).toMatchObject({ side: 'storage', status });
	expectUnchanged();
});

const other = async () => (await lend(standIn)).lent.file_id;

test.each<[what: string, status: number, code: string, call: () => ReturnType<S3['s3']>]>([
	['GET of another key', 403, 'AccessDenied', () => s3.get({}, { key: 'another' })],
	[
		'GET of the key of another',
		403,
		'AccessDenied',
		async () => s3.get({}, { key: await other() }),
	],
	[
		'GET without a signature',
		403,
		'AccessDenied',
		() => s3.get({}, { tamper: without('authorization') }),
	],
	[
		'GET that asks for encryption',
		400,
		'InvalidArgument',
		() => s3.get({ 'x-amz-server-side-encryption': 'AES256' }),
	],
	['GET of what is not there', 404, 'NoSuchKey', async () => (await lend(standIn)).get()],
	['a list of the whole bucket', 403, 'AccessDenied', () => s3.list('')],
	[
		'a list without a prefix',
		403,
		'AccessDenied',
		() => s3.s3({ method: 'GET', key: '', query: '?list-type=2' }),
	],
	['a list of more than the key', 403, 'AccessDenied', () => s3.list(s3.lent.file_id.slice(0, 8))],
	['a list of the key of another', 403, 'AccessDenied', async () => s3.list(await other())],
	[
		'a list of another bucket',
		404,
		'NoSuchBucket',
		() => s3.list(undefined, '', { bucket: 'another' }),
	],
	[
		'a list without a signature',
		403,
		'AccessDenied',
		() => s3.list(undefined, '', { tamper: without('authorization') }),
	],
	[
		'a list of another type',
		400,
		'InvalidArgument',
		() => s3.s3({ method: 'GET', key: '', query: `?list-type=3&prefix=${s3.lent.file_id}` }),
	],
	[
		'a list of the first version',
		405,
		'MethodNotAllowed',
		() => s3.s3({ method: 'GET', key: '', query: '?prefix=x' }),
	],
	['a list of -1', 400, 'InvalidArgument', () => s3.list(undefined, '&max-keys=-1')],
	[
		'a list in another encoding',
		400,
		'InvalidArgument',
		() => s3.list(undefined, '&encoding-type=hex'),
	],
	['a list by folders', 501, 'NotImplemented', () => s3.list(undefined, '&delimiter=x')],
])('%s is refused with %i %s', async (_what, status, code, call) => {
	const reply = await call();
	expect([reply.status, codeOf(reply)]).toEqual([status, code]);
	expect(reply.text).not.toContain(OLD);
	expectUnchanged();
});

test('the limit is 5 GiB unless said otherwise, and is told by the head alone', async () => {
	const strict = await startOneCodex();
	try {
		const client = await lend(strict);
		const headers = { 'content-length': String(5 * 2 ** 30 + 1) };
		// Node sends no head before there is a first byte.
		const body = new Readable({ read() {} });
		body.push('x');
		const refused = client.putObject(body, { headers });
		void refused.catch(() => {});
		await until(() => strict.requests.at(-1)?.status === 400);
		expect(strict.requests.at(-1)).toMatchObject({ method: 'PUT', aborted: false });
	} finally {
		await strict.close();
	}
});

test('an object is not seen before it is whole, and not at all when its client goes away', async () => {
	const { hostname, port, host } = new URL(standIn.storageUrl);
	let sent: Record<string, string> = {};
	const tamper = (headers: Record<string, string>) => (sent = { ...headers, 'x-api-key': 'x' });
	await s3.putObject(Readable.from(['new']), { headers: { 'content-length': '3' }, tamper });
	delete sent['x-api-key'];
	const path = `/${s3.lent.s3_bucket}/${s3.lent.file_id}`;
	const lines = Object.entries({ ...sent, host }).map(([name, value]) => `${name}: ${value}\r\n`);
	const request = `PUT ${path} HTTP/1.1\r\n${lines.join('')}\r\nne`;

	const stopping = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
	stopping.end(request);
	expect(await text(stopping)).toMatch(/^HTTP\/1\.1 400 [^]*<Code>IncompleteBody<\/Code>/);

	const leaving = connect({ host: hostname, port: Number(port) });
	leaving.write(request);
	await until(() => standIn.requests.at(-1)?.bytes === 2 && readdirSync(directory).length === 2);
	expect((await s3.get()).text).toBe(OLD);
	leaving.destroy();
	await until(() => readdirSync(directory).length === 1);
	expectUnchanged();
});

test('a leaked key of the API is refused beside a signature', async () => {
	const tamper = (headers: Record<string, string>) => ({ ...headers, 'x-api-key': 'a'.repeat(32) });
	for (const call of [s3.putObject('new', { tamper }), s3.get({}, { tamper })]) {
		expect(codeOf(await call)).toBe('InvalidArgument');
	}
	const url = `${standIn.storageUrl}/${s3.lent.s3_bucket}/${s3.lent.file_id}`;
	expect((await send(url, {})).status).toBe(403);
	expectUnchanged();
});
