import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { codeOf, ENCRYPTED, lend, partList, type S3 } from './s3Client';

const CONTENT = 'the whole file';
const md5 = (content: string): Buffer => createHash('md5').update(content).digest();
const etagOf = (content: string): string => `"${md5(content).toString('hex')}"`;
const hash = (algorithm: string) => createHash(algorithm).update(CONTENT).digest('base64');

let standIn: OneCodexStandIn;
let directory: string;
let s3: S3;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'objects-'));
	standIn = await startOneCodex({ directory, requestsPerSecond: 0 });
});
afterAll(async () => {
	await standIn.close();
	await rm(directory, { recursive: true });
});
beforeEach(async () => {
	standIn.reset();
	s3 = await lend(standIn);
});

test('an object comes in one request, and its callback makes a document of it', async () => {
	const reply = await s3.putObject(CONTENT);
	expect(reply).toMatchObject({ status: 200, text: '' });
	expect(reply.headers).toMatchObject({ ...ENCRYPTED, etag: etagOf(CONTENT) });
	expect(standIn.documents).toEqual([]);
	expect(standIn.multipartUploads).toEqual([]);
	expect((await s3.callback()).status).toBe(200);
	const [{ object, ...document }] = standIn.documents;
	expect(document).toMatchObject({ state: 'confirmed', size: CONTENT.length });
	expect(readFileSync(object?.path ?? '', 'utf8')).toBe(CONTENT);
});

test('a later object replaces the earlier one, however each came', async () => {
	const id = await s3.create();
	await s3.put(id, 1, 'in parts');
	await s3.putObject('first');
	expect((await s3.putObject('second')).status).toBe(200);
	expect((await s3.get()).text).toBe('second');
	expect((await s3.complete(id, partList([1, etagOf('in parts')]))).status).toBe(200);
	expect((await s3.get()).text).toBe('in parts');
	await s3.putObject('third');
	expect(readdirSync(directory)).toHaveLength(1);
	await s3.callback();
	expect(standIn.documents).toMatchObject([{ object: { etag: etagOf('third') } }]);
});

test('the keys have done their work once there is a document', async () => {
	await s3.putObject(CONTENT);
	await s3.callback();
	for (const call of [s3.putObject('other'), s3.get(), s3.list()]) {
		expect(codeOf(await call)).toBe('InvalidAccessKeyId');
	}
	expect(standIn.documents).toMatchObject([{ object: { etag: etagOf(CONTENT) } }]);
});

test('a stream of known length need not be signed', async () => {
	const headers = { 'content-length': String(CONTENT.length) };
	expect((await s3.putObject(Readable.from([CONTENT]), { headers })).status).toBe(200);
	expect((await s3.get()).text).toBe(CONTENT);
});

const crc = Buffer.alloc(4);
crc.writeUInt32BE(crc32(CONTENT));
test.each([
	['x-amz-checksum-crc32', crc.toString('base64')],
	['x-amz-checksum-sha1', hash('sha1')],
	['x-amz-checksum-sha256', hash('sha256')],
])('what came as %s says is told so', async (name, value) => {
	const reply = await s3.putObject(CONTENT, { headers: { [name]: value } });
	expect([reply.status, reply.headers[name]]).toEqual([200, value]);
	const part = await s3.put(await s3.create(), 1, CONTENT, { headers: { [name]: value } });
	expect([part.status, part.headers[name]]).toEqual([200, value]);
});

test('an object can be read as a whole, and looked at, until it is imported', async () => {
	await s3.putObject(CONTENT);
	const [got, looked] = [await s3.get(), await s3.head()];
	expect([got.text, looked.text]).toEqual([CONTENT, '']);
	for (const { status, headers } of [got, looked]) {
		expect(status).toBe(200);
		expect(headers).toMatchObject({
			...ENCRYPTED,
			'accept-ranges': 'bytes',
			'content-length': String(CONTENT.length),
			etag: etagOf(CONTENT),
		});
		expect(Date.now() - Date.parse(headers['last-modified'] ?? '')).toBeLessThan(60_000);
	}
});

test('an object can be read in ranges, of the object that the first one was of', async () => {
	await s3.putObject(CONTENT);
	const part = await s3.get({ range: 'bytes=4-8', 'if-match': etagOf(CONTENT) });
	expect(part).toMatchObject({ status: 206, text: 'whole' });
	expect(part.headers['content-range']).toBe('bytes 4-8/14');
	expect(codeOf(await s3.get({ 'if-match': '"other"' }))).toBe('PreconditionFailed');
	expect(codeOf(await s3.get({ range: 'bytes=14-' }))).toBe('InvalidRange');
});

test('an empty object is one, but no document', async () => {
	expect((await s3.putObject('')).headers.etag).toBe(etagOf(''));
	expect(await s3.get()).toMatchObject({ status: 200, text: '' });
	expect((await s3.head()).headers['content-length']).toBe('0');
	expect((await s3.callback()).status).toBe(400);
});

const element = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];

test('a list has the object once it is there', async () => {
	const before = await s3.list();
	expect(before.status).toBe(200);
	expect(element(before.text, 'KeyCount')).toBe('0');
	expect(before.text).not.toContain('<Contents>');
	await s3.putObject(CONTENT);
	const { text } = await s3.list(undefined, '&encoding-type=url&max-keys=5000');
	const { s3_bucket: bucket, file_id: key } = s3.lent;
	expect(text).toContain('<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">');
	expect(text).toContain(`<Contents><Key>${key}</Key>`);
	const names = ['Name', 'Prefix', 'KeyCount', 'MaxKeys', 'EncodingType', 'IsTruncated', 'Size'];
	expect(names.map((name) => element(text, name))).toEqual(
		[bucket, key, 1, 1000, 'url', false, CONTENT.length].map(String),
	);
	expect(element(text, 'ETag')).toBe(etagOf(CONTENT).replaceAll('"', '&quot;'));
	expect(Date.now() - Date.parse(element(text, 'LastModified') ?? '')).toBeLessThan(60_000);
	expect((await s3.list(undefined, '&max-keys=0')).text).not.toContain('<Contents>');
});
