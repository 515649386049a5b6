import { createHash } from 'node:crypto';
import {
	type Fault,
	faultsInTurn,
	isGetObject,
	isList,
	isPutObject,
	type OneCodexStandIn,
	startOneCodex,
} from '../../onecodex';
import { codeOf, lend, type S3 } from './s3Client';

const MIB = 2 ** 20;
const CONTENT = 'an object';
const md5 = (content: string | Buffer) => createHash('md5').update(content).digest();
const etagOf = (content: string | Buffer): string => `"${md5(content).toString('hex')}"`;

let standIn: OneCodexStandIn;
let s3: S3;
async function start(match: typeof isPutObject, fault: Fault): Promise<void> {
	standIn = await startOneCodex({ requestsPerSecond: 0, faults: faultsInTurn(match, fault) });
	s3 = await lend(standIn);
}
afterEach(() => standIn.close());

const stored = () => standIn.imports[0].object;
const lost = { code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) };

test.each(['before', 'during'] as const)('reset %s: an object is not taken', async (when) => {
	await start(isPutObject, { kind: 'reset', when });
	const content = Buffer.alloc(8 * MIB, 'x');
	await expect(s3.putObject(content)).rejects.toMatchObject(lost);
	expect(standIn.requests.at(-1)).toMatchObject({ fault: 'reset', status: 0, method: 'PUT' });
	expect(stored()).toBeUndefined();
	expect((await s3.putObject(content)).headers.etag).toBe(etagOf(content));
});

test('reset after: an object is taken, and its answer lost', async () => {
	await start(isPutObject, { kind: 'reset', when: 'after' });
	await expect(s3.putObject(CONTENT)).rejects.toMatchObject(lost);
	expect(stored()).toMatchObject({ etag: etagOf(CONTENT) });
	expect((await s3.callback()).status).toBe(200);
});

test.each([
	['InternalError', 500],
	['SlowDown', 503],
	['RequestTimeout', 400],
] as const)('s3 %s: nothing is taken, and then it is', async (code, status) => {
	await start(isPutObject, { kind: 's3', code });
	const refused = await s3.putObject(CONTENT);
	expect([refused.status, codeOf(refused)]).toEqual([status, code]);
	expect(stored()).toBeUndefined();
	expect((await s3.putObject(CONTENT)).status).toBe(200);
});

test('slow: an object takes as long as it should', async () => {
	await start(isPutObject, { kind: 'slow', bytesPerSecond: MIB });
	const from = performance.now();
	expect((await s3.putObject(Buffer.alloc(MIB / 2))).status).toBe(200);
	expect(performance.now() - from).toBeGreaterThanOrEqual(490);
});

test('malformed: a page of HTML for what was carried out', async () => {
	await start(isPutObject, { kind: 'malformed' });
	const reply = await s3.putObject(CONTENT);
	expect(reply).toMatchObject({ status: 200, text: expect.stringMatching(/^<!DOCTYPE html>/) });
	expect(reply.headers.etag).toBeUndefined();
	expect(stored()).toMatchObject({ etag: etagOf(CONTENT) });
});

test('wrongEtag: what is stored is not what was sent, and the ETag tells', async () => {
	await start(isPutObject, { kind: 'wrongEtag' });
	const reply = await s3.putObject(CONTENT, { payloadHash: 'UNSIGNED-PAYLOAD' });
	expect(reply.status).toBe(200);
	expect(reply.headers.etag).not.toBe(etagOf(CONTENT));
	expect(stored()?.etag).toBe(reply.headers.etag);
});

test.each([
	['BadDigest', { 'content-md5': md5(CONTENT).toString('base64') }, 'UNSIGNED-PAYLOAD'],
	[
		'BadDigest',
		{ 'x-amz-checksum-sha1': createHash('sha1').update(CONTENT).digest('base64') },
		'UNSIGNED-PAYLOAD',
	],
	['XAmzContentSHA256Mismatch', {}, undefined],
])('wrongEtag: with a digest sent it is refused: %s %j', async (code, headers, payloadHash) => {
	await start(isPutObject, { kind: 'wrongEtag' });
	const put = () => s3.putObject(CONTENT, { headers, payloadHash });
	const refused = await put();
	expect([refused.status, codeOf(refused)]).toEqual([400, code]);
	expect(stored()).toBeUndefined();
	expect((await put()).headers.etag).toBe(etagOf(CONTENT));
});

test('truncated: half of the object, and half of the list', async () => {
	await start((request) => isGetObject(request) || isList(request), { kind: 'truncated' });
	await s3.putObject(CONTENT);
	await expect(s3.get()).rejects.toMatchObject(lost);
	expect((await s3.get()).text).toBe(CONTENT);
});
