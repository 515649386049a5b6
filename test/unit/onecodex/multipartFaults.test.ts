import { createHash } from 'node:crypto';
import {
	type Fault,
	type FaultSchedule,
	faultsInTurn,
	isAbort,
	isCallback,
	isComplete,
	isCreateMultipart,
	isInitMultipart,
	isPart,
	type OneCodexStandIn,
	startOneCodex,
} from '../../onecodex';
import { apiClient, until } from './client';
import { codeOf, ENCRYPTED, lend, partList, type S3 } from './s3Client';

const MIB = 2 ** 20;
const CONTENT = 'a part';
const md5 = (content: string | Buffer) => createHash('md5').update(content).digest();
const etagOf = (content: string | Buffer): string => `"${md5(content).toString('hex')}"`;
const LIST = partList([1, etagOf(CONTENT)]);

let standIn: OneCodexStandIn;
let s3: S3;
let id: string;
/** The faults do not touch what comes before the request that they are meant for. */
async function start(faults: FaultSchedule): Promise<void> {
	standIn = await startOneCodex({ requestsPerSecond: 0, faults });
	s3 = await lend(standIn);
	id = await s3.create();
}
afterEach(() => standIn.close());

const part = (content: string | Buffer = CONTENT) => s3.put(id, 1, content);
const complete = () => s3.complete(id, LIST);
const upload = () => standIn.multipartUploads[0];
const lost = { code: 'ECONNRESET' };
const gone = { code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) };

test.each(['before', 'during'] as const)('reset %s: a part is not taken', async (when) => {
	await start(faultsInTurn(isPart, { kind: 'reset', when }));
	const content = Buffer.alloc(8 * MIB, 'x');
	await expect(part(content)).rejects.toMatchObject(gone);
	const record = standIn.requests.at(-1);
	expect(record).toMatchObject({ fault: 'reset', status: 0, method: 'PUT' });
	expect(record?.bytes).toBeLessThan(6 * MIB);
	expect(upload().parts).toBe(0);
	expect((await part(content)).headers.etag).toBe(etagOf(content));
});

test('reset after: each step is carried out and its answer lost', async () => {
	const after: Fault = { kind: 'reset', when: 'after' };
	const every = [isPart, isComplete, isCallback].map((match) => faultsInTurn(match, after));
	await start((request) => every.map((schedule) => schedule(request)).find((fault) => fault));
	await expect(part()).rejects.toMatchObject(lost);
	expect(upload().parts).toBe(1);
	await expect(complete()).rejects.toMatchObject(lost);
	expect(upload().state).toBe('completed');
	expect(codeOf(await complete())).toBe('NoSuchUpload');
	expect((await s3.head()).headers.etag).toMatch(/^"\w{32}-1"$/);
	await expect(s3.callback()).rejects.toMatchObject(lost);
	expect(standIn.documents).toMatchObject([{ state: 'confirmed', size: CONTENT.length }]);
	expect((await s3.callback()).status).toBe(409);
	expect(standIn.documents).toHaveLength(1);
});

test('reset after: an upload was created that the client does not know', async () => {
	await start(faultsInTurn(isCreateMultipart, undefined, { kind: 'reset', when: 'after' }));
	await expect(s3.create()).rejects.toMatchObject(lost);
	expect(standIn.multipartUploads.map(({ state }) => state)).toEqual(['open', 'open']);
});

test('reset after: an abort is carried out', async () => {
	await start(faultsInTurn(isAbort, { kind: 'reset', when: 'after' }));
	await part();
	await expect(s3.abort(id)).rejects.toMatchObject(lost);
	expect(upload()).toMatchObject({ state: 'aborted', parts: 0 });
	expect(codeOf(await s3.abort(id))).toBe('NoSuchUpload');
});

test('stall: a part is neither read nor answered until the stand-in ends', async () => {
	await start(faultsInTurn(isPart, { kind: 'stall' }));
	const stalled = part().catch((error: unknown) => error);
	await until(() => standIn.requests.at(-1)?.fault === 'stall');
	expect(standIn.requests.at(-1)).toMatchObject({ bytes: 0, status: 0 });
	await standIn.close();
	expect(await stalled).toMatchObject(lost);
});

test('slow: a part takes as long as it should', async () => {
	await start(faultsInTurn(isPart, { kind: 'slow', bytesPerSecond: MIB }));
	const content = Buffer.alloc(MIB / 2, 'x');
	const from = performance.now();
	expect((await part(content)).headers.etag).toBe(etagOf(content));
	expect(performance.now() - from).toBeGreaterThanOrEqual(490);
});

test('refuse: a part is taken, and then nothing is for a while', async () => {
	await start(faultsInTurn(isPart, { kind: 'refuse', ms: 200 }));
	expect((await part()).status).toBe(200);
	await expect(complete()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect((await complete()).status).toBe(200);
});

test('truncated: completed, with half of the answer', async () => {
	await start(faultsInTurn(isComplete, { kind: 'truncated' }));
	await part();
	await expect(complete()).rejects.toMatchObject(lost);
	expect(upload().state).toBe('completed');
	expect((await s3.head()).status).toBe(200);
});

test('malformed: a page of HTML for what was carried out', async () => {
	await start(({ index }) => (index > 1 ? { kind: 'malformed' } : undefined));
	for (const reply of [await part(), await complete(), await s3.callback()]) {
		expect(reply).toMatchObject({ status: 200, text: expect.stringMatching(/^<!DOCTYPE html>/) });
		expect(reply.headers.etag).toBeUndefined();
	}
	expect(standIn.documents).toMatchObject([{ state: 'confirmed' }]);
});

test.each(['truncated', 'malformed'] as const)('%s: HEAD has no body to spoil', async (kind) => {
	await start(({ method }) => (method === 'HEAD' ? { kind } : undefined));
	await part();
	await complete();
	if (kind === 'truncated') await expect(s3.head()).rejects.toMatchObject(lost);
	else {
		const { headers } = await s3.head();
		expect([headers.etag, headers['content-type']]).toEqual([undefined, 'text/html']);
	}
});

test.each([
	['InternalError', 500],
	['SlowDown', 503],
	['RequestTimeout', 400],
] as const)('s3 %s: nothing is carried out, and then it is', async (code, status) => {
	const fault: Fault = { kind: 's3', code };
	const every = [isCreateMultipart, isPart, isComplete, isAbort].map((match) =>
		// The first upload of every test is made without a fault.
		faultsInTurn(match, ...(match === isCreateMultipart ? [undefined, fault] : [fault])),
	);
	await start((request) => every.map((schedule) => schedule(request)).find((each) => each));
	const create = () => s3.s3({ method: 'POST', query: '?uploads', headers: ENCRYPTED });
	for (const [call, success] of [
		[create, 200],
		[part, 200],
		[complete, 200],
		[() => s3.abort(standIn.multipartUploads[1].id), 204],
	] as const) {
		const before = JSON.stringify(standIn.multipartUploads);
		const refused = await call();
		expect([refused.status, codeOf(refused)]).toEqual([status, code]);
		expect(JSON.stringify(standIn.multipartUploads)).toBe(before);
		expect((await call()).status).toBe(success);
	}
});

test('errorIn200: a success that is none, and nothing is completed', async () => {
	await start(faultsInTurn(isComplete, { kind: 'errorIn200' }));
	await part();
	const reply = await complete();
	expect([reply.status, codeOf(reply)]).toEqual([200, 'InternalError']);
	expect(reply.headers['content-type']).toBe('application/xml');
	expect(standIn.requests.at(-1)).toMatchObject({ fault: 'errorIn200', status: 200 });
	expect(upload()).toMatchObject({ state: 'open', parts: 1 });
	expect((await s3.head()).status).toBe(404);
	expect((await complete()).text).toContain('<CompleteMultipartUploadResult ');
});

test('wrongEtag: what is stored is not what was sent, and the ETag tells', async () => {
	await start(faultsInTurn(isPart, { kind: 'wrongEtag' }));
	const reply = await s3.put(id, 1, CONTENT, { payloadHash: 'UNSIGNED-PAYLOAD' });
	expect(reply.status).toBe(200);
	expect(reply.headers.etag).toMatch(/^"\w{32}"$/);
	expect(reply.headers.etag).not.toBe(etagOf(CONTENT));
	expect(codeOf(await complete())).toBe('InvalidPart');
	expect((await s3.complete(id, partList([1, String(reply.headers.etag)]))).status).toBe(200);
	await s3.callback();
	const [{ object }] = standIn.documents;
	expect(`"${object?.md5}"`).toBe(reply.headers.etag);
});

test.each([
	['BadDigest', { 'content-md5': md5(CONTENT).toString('base64') }, 'UNSIGNED-PAYLOAD'],
	['XAmzContentSHA256Mismatch', {}, undefined],
])('wrongEtag: with its digest sent a part is refused: %s', async (code, headers, payloadHash) => {
	await start(faultsInTurn(isPart, { kind: 'wrongEtag' }));
	const put = () => s3.put(id, 1, CONTENT, { headers, payloadHash });
	const refused = await put();
	expect([refused.status, codeOf(refused)]).toEqual([400, code]);
	expect(upload().parts).toBe(0);
	expect((await put()).headers.etag).toBe(etagOf(CONTENT));
});

test('the API: an answer of a status is not carried out', async () => {
	const busy: Fault = { kind: 'status', status: 503 };
	const every = [
		faultsInTurn(isInitMultipart, undefined, busy),
		faultsInTurn(isCallback, { kind: 'status', status: 429, retryAfter: '1' }),
	];
	await start((request) => every.map((schedule) => schedule(request)).find((each) => each));
	await expect(lend(standIn)).rejects.toThrow('503');
	expect(standIn.imports).toHaveLength(1);
	await part();
	await complete();
	expect(await s3.callback()).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
	expect(standIn.imports[0].callbacks).toBe(0);
	expect((await s3.callback()).status).toBe(200);
});

test('callbacks count for the rate limit as every request to the API does', async () => {
	standIn = await startOneCodex({ requestsPerSecond: 1 });
	s3 = await lend(standIn);
	expect((await s3.callback()).status).toBe(429);
	expect((await apiClient(standIn).get('/account')).status).toBe(429);
	expect(standIn.imports[0].callbacks).toBe(0);
});
