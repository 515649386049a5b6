import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	type Fault,
	type FaultSchedule,
	faultsInTurn,
	isConfirm,
	isDocumentGet,
	isDownload,
	isInit,
	isStorage,
	type OneCodexStandIn,
	startOneCodex,
	type StandInOptions,
} from '../../onecodex';
import { apiClient, basic, type Initiated, initUpload, send, until } from './client';
import { fieldParts, file, formBody, formHeaders } from './form';

jest.setTimeout(20_000);

const MIB = 2 ** 20;
/** The most that comes with a head in one read. */
const PACKET = 2 ** 16;
const CONTENT = 'a report';
const always = (fault: Fault) => (): Fault => fault;
const md5 = (bytes: Buffer | string): string => createHash('md5').update(bytes).digest('hex');

let standIn: OneCodexStandIn;
async function start(faults: FaultSchedule, options: StandInOptions = {}): Promise<void> {
	standIn = await startOneCodex({ requestsPerSecond: 0, ...options, faults });
}
afterEach(() => standIn.close());

const bodyOf = (initiated: Initiated, content: string | Buffer = CONTENT): Buffer =>
	formBody([...fieldParts(initiated), file('report.pdf', content)]);

const upload = (initiated: Initiated, body = bodyOf(initiated), url = initiated.upload_url) =>
	send(url, { method: 'POST', headers: formHeaders(body), body });

const initiate = (size = CONTENT.length) => initUpload(standIn, 'report.pdf', size);
const confirm = (id: string) =>
	apiClient(standIn).post('/documents/confirm_upload', { document_id: id });
const stateOf = ({ document_id: id }: Initiated): string => standIn.document(id).state;

/** What a connection came to: all it received, then FIN, or RST by its error code. */
function exchange(url: string, ...sent: Array<string | Buffer>) {
	const { hostname, port } = new URL(url);
	return new Promise<{ received: string; end: string }>((resolve) => {
		const socket = connect({ host: hostname, port: Number(port) });
		let received = '';
		let end = '';
		socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
		socket.on('end', () => (end = 'FIN'));
		socket.on('error', (error: NodeJS.ErrnoException) => (end = error.code ?? error.message));
		socket.on('close', () => resolve({ received, end }));
		for (const each of sent) socket.write(each);
	});
}

function head(line: string, headers: Record<string, string | number>): string {
	const all = Object.entries({ Host: 'stand-in', ...headers });
	return `${line} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

const uploadHead = (body: Buffer): string => head('POST /', formHeaders(body));
function apiRequest(path: string, json: unknown): string {
	const body = JSON.stringify(json);
	const headers = {
		Authorization: basic(standIn.apiKey),
		'Content-Type': 'application/json',
		'Content-Length': body.length,
	};
	return head(`POST /api/v1/documents/${path}`, headers) + body;
}

const connecting = (url: string): Promise<string> => exchange(url).then(({ end }) => end);

describe('reset', () => {
	test.each(['before', 'during'] as const)(
		'%s: a confirmation is not carried out',
		async (when) => {
			await start(faultsInTurn(isConfirm, { kind: 'reset', when }));
			const initiated = await initiate();
			await upload(initiated);
			const sent = apiRequest('confirm_upload', { document_id: initiated.document_id });
			expect(await exchange(standIn.baseUrl, sent)).toEqual({ received: '', end: 'ECONNRESET' });
			expect(standIn.document(initiated.document_id)).toMatchObject({
				state: 'stored',
				confirmations: 0,
			});
			const record = standIn.requests.at(-1);
			expect(record).toMatchObject({ fault: 'reset', status: 0, aborted: false });
			expect((await confirm(initiated.document_id)).status).toBe(200);
		},
	);

	test('after: the answer to what was carried out is lost', async () => {
		await start(faultsInTurn(isConfirm, { kind: 'reset', when: 'after' }));
		const initiated = await initiate();
		await upload(initiated);
		const sent = apiRequest('confirm_upload', { document_id: initiated.document_id });
		expect(await exchange(standIn.baseUrl, sent)).toEqual({ received: '', end: 'ECONNRESET' });
		expect(stateOf(initiated)).toBe('confirmed');
		const record = standIn.requests.at(-1);
		expect(record).toMatchObject({ fault: 'reset', status: 200, aborted: false });
		expect((await confirm(initiated.document_id)).status).toBe(409);
	});

	test.each([
		['before', 0, PACKET, 'initiated', 0],
		['during', 4 * MIB, 5 * MIB, 'initiated', 0],
		['after', 8 * MIB, 9 * MIB, 'stored', 201],
	] as const)('%s: an upload', async (when, atLeast, below, state, status) => {
		await start(faultsInTurn(isStorage, { kind: 'reset', when }));
		const initiated = await initiate(8 * MIB);
		const body = bodyOf(initiated, Buffer.alloc(8 * MIB));
		const ended = await exchange(initiated.upload_url, uploadHead(body), body);
		// A client that is writing may be told EPIPE, when its own write meets the reset first.
		expect(ended).toEqual({ received: '', end: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) });
		expect(stateOf(initiated)).toBe(state);
		const record = standIn.requests.at(-1);
		expect(record).toMatchObject({ side: 'storage', fault: 'reset', status, aborted: false });
		expect(record?.bytes).toBeGreaterThanOrEqual(atLeast);
		expect(record?.bytes).toBeLessThanOrEqual(below);
		expect((await upload(initiated, body)).status).toBe(201);
	});

	test('during: at the head of a request without a body', async () => {
		await start(always({ kind: 'reset', when: 'during' }));
		const sent = head('GET /api/v1/account', { Authorization: basic(standIn.apiKey) });
		expect(await exchange(standIn.baseUrl, sent)).toEqual({ received: '', end: 'ECONNRESET' });
	});
});

describe('stall', () => {
	test('nothing is read or answered until the client goes', async () => {
		await start(always({ kind: 'stall' }));
		const { hostname, port } = new URL(standIn.baseUrl);
		const socket = connect({ host: hostname, port: Number(port) });
		let received = 0;
		socket.on('data', (chunk: Buffer) => (received += chunk.length));
		socket.write(apiRequest('init_upload', { filename: 'report.pdf', size: 1 }));
		await until(() => standIn.requests.length === 1);
		await sleep(200);
		expect([received, socket.destroyed]).toEqual([0, false]);
		const [record] = standIn.requests;
		expect(record).toMatchObject({ fault: 'stall', bytes: 0, status: 0, aborted: false });
		socket.destroy();
		await until(() => record.aborted);
		expect(standIn.documents).toEqual([]);
	});

	test('closing the stand-in ends an upload that is stalled', async () => {
		await start(faultsInTurn(isStorage, { kind: 'stall' }));
		const initiated = await initiate(8 * MIB);
		const body = bodyOf(initiated, Buffer.alloc(8 * MIB));
		const ended = exchange(initiated.upload_url, uploadHead(body), body);
		await until(() => standIn.requests.length === 2);
		await sleep(200);
		expect(standIn.requests[1]).toMatchObject({ fault: 'stall', bytes: 0, status: 0 });
		await standIn.close();
		expect((await ended).received).toBe('');
	});
});

describe('refuse', () => {
	test('the request is served, then connections are refused, then the port listens again', async () => {
		await start(faultsInTurn(isInit, { kind: 'refuse', ms: 400 }));
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const account = () =>
			new Promise<number>((resolve, reject) => {
				const headers = { Authorization: basic(standIn.apiKey) };
				request(`${standIn.baseUrl}/api/v1/account`, { agent, headers }, (response) => {
					response.resume().once('end', () => resolve(response.statusCode ?? 0));
				})
					.once('error', reject)
					.end();
			});
		expect(await account()).toBe(200);

		const sent = apiRequest('init_upload', { filename: 'report.pdf', size: 8 });
		const { received, end } = await exchange(standIn.baseUrl, sent);
		expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Connection: close\r\n[^]*"document_id"/);
		expect(end).toBe('FIN');
		expect(await connecting(standIn.baseUrl)).toBe('ECONNREFUSED');
		await expect(fetch(standIn.baseUrl)).rejects.toMatchObject({
			cause: { code: 'ECONNREFUSED' },
		});
		// The connection that was there before lives on; the other side still listens.
		expect(await account()).toBe(200);
		agent.destroy();
		expect((await send(standIn.storageUrl, {})).status).toBe(405);

		await sleep(400);
		expect((await apiClient(standIn).get('/account')).status).toBe(200);
		expect(standIn.requests[1]).toMatchObject({ fault: 'refuse', status: 200 });
		expect(standIn.documents).toHaveLength(1);
	});

	test('an upload that draws it is stored', async () => {
		await start(faultsInTurn(isStorage, { kind: 'refuse' }));
		const initiated = await initiate();
		expect((await upload(initiated)).status).toBe(201);
		await expect(upload(initiated)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		expect(stateOf(initiated)).toBe('stored');
		await sleep(400);
		expect((await upload(initiated)).status).toBe(201);
	});

	test('of refusals that overlap the last end counts', async () => {
		const refusals = [600, 100].map((ms): Fault => ({ kind: 'refuse', ms }));
		await start(faultsInTurn(isInit, ...refusals));
		const sent = apiRequest('init_upload', { filename: 'report.pdf', size: 8 });
		const half = Math.floor(sent.length / 2);
		const { hostname, port } = new URL(standIn.baseUrl);
		const second = connect({ host: hostname, port: Number(port) }).resume();
		second.write(sent.slice(0, half));
		await exchange(standIn.baseUrl, sent);
		second.write(sent.slice(half));
		await until(() => standIn.requests[1]?.status === 200);
		await sleep(300);
		expect(await connecting(standIn.baseUrl)).toBe('ECONNREFUSED');
		await sleep(400);
		expect((await apiClient(standIn).get('/account')).status).toBe(200);
	});

	test('a port that is taken for a moment is tried again', async () => {
		await start(faultsInTurn(isInit, { kind: 'refuse', ms: 50 }));
		await initiate();
		const taker = createServer((socket) => socket.destroy());
		await new Promise<void>((resolve) => {
			taker.listen(Number(new URL(standIn.baseUrl).port), '127.0.0.1', resolve);
		});
		await sleep(150);
		await new Promise((resolve) => taker.close(resolve));
		await sleep(200);
		expect((await apiClient(standIn).get('/account')).status).toBe(200);
	});

	test('closing the stand-in meanwhile leaves no listener behind', async () => {
		await start(faultsInTurn(isInit, { kind: 'refuse', ms: 100 }));
		await initiate();
		await standIn.close();
		await sleep(250);
		expect(await connecting(standIn.baseUrl)).toBe('ECONNREFUSED');
	});
});

describe('storage', () => {
	test('slow: the body takes as long as it should, and is stored', async () => {
		await start(faultsInTurn(isStorage, { kind: 'slow', bytesPerSecond: MIB }));
		const content = Buffer.alloc(MIB / 2, 'x');
		const initiated = await initiate(content.length);
		const from = performance.now();
		expect((await upload(initiated, bodyOf(initiated, content))).status).toBe(201);
		const took = performance.now() - from;
		expect(took).toBeGreaterThanOrEqual(490);
		expect(took).toBeLessThan(5000);
		expect(standIn.document(initiated.document_id).object?.md5).toBe(md5(content));
	});

	test('slow: a client that goes away is noticed soon', async () => {
		await start(faultsInTurn(isStorage, { kind: 'slow', bytesPerSecond: 1 }));
		const initiated = await initiate();
		const body = bodyOf(initiated);
		const outgoing = request(initiated.upload_url, { method: 'POST', headers: formHeaders(body) });
		outgoing.on('error', () => {});
		outgoing.write(body.subarray(0, -1));
		await until(() => (standIn.requests[1]?.bytes ?? 0) > 0);
		outgoing.destroy();
		await until(() => standIn.requests[1].aborted && standIn.requests[1].status === 400);
		expect(stateOf(initiated)).toBe('initiated');
	});

	test('redirect: the same form sent to the other origin is stored', async () => {
		await start((each) => (isStorage(each) ? { kind: 'redirect' } : undefined));
		const initiated = await initiate(32 * MIB);
		const content = Buffer.alloc(32 * MIB, 'x');
		const body = bodyOf(initiated, content);
		const reply = await upload(initiated, body);
		expect(reply.status).toBe(307);
		expect(reply.headers.location).toBe(`${standIn.regionUrl}/`);
		expect(reply.text).toContain('<Code>TemporaryRedirect</Code>');
		expect(stateOf(initiated)).toBe('initiated');
		expect(new Set([standIn.baseUrl, standIn.storageUrl, standIn.regionUrl]).size).toBe(3);

		const stored = await upload(initiated, body, reply.headers.location);
		expect(stored.status).toBe(201);
		expect(stored.headers.location).toContain(standIn.regionUrl);
		expect(standIn.document(initiated.document_id).object?.md5).toBe(md5(content));
		const faults = standIn.requests.map(({ side, fault, status }) => [side, fault, status]);
		expect(faults.slice(1)).toEqual([
			['storage', 'redirect', 307],
			['storage', undefined, 201],
		]);
	});

	test('redirect: to wherever it is said to lead', async () => {
		const location = 'http://127.0.0.1:9/elsewhere';
		await start(faultsInTurn(isStorage, { kind: 'redirect', location }));
		const reply = await upload(await initiate());
		expect(reply.headers.location).toBe(location);
		expect(reply.text).toContain(`<Endpoint>${location}</Endpoint>`);
	});

	test('the other origin has the other faults', async () => {
		await start(faultsInTurn(isStorage, { kind: 's3', code: 'SlowDown' }));
		const initiated = await initiate();
		expect((await upload(initiated, undefined, standIn.regionUrl)).status).toBe(503);
		expect((await upload(initiated, undefined, standIn.regionUrl)).status).toBe(201);
	});

	test.each([
		['InternalError', 500, 'InternalError', /internal error/],
		['SlowDown', 503, 'SlowDown', /reduce your request rate/],
		['RequestTimeout', 400, 'RequestTimeout', /timeout period/],
		['PolicyExpired', 403, 'AccessDenied', /^Invalid according to Policy: Policy expired\.$/],
	] as const)('s3: %s is %i', async (code, status, xmlCode, message) => {
		await start(faultsInTurn(isStorage, { kind: 's3', code }));
		const content = Buffer.alloc(8 * MIB, 'x');
		const initiated = await initiate(content.length);
		const reply = await upload(initiated, bodyOf(initiated, content));
		expect(reply.status).toBe(status);
		expect(reply.headers['content-type']).toBe('application/xml');
		const xml = /<Error><Code>(\w+)<\/Code><Message>(.*?)<\/Message>/.exec(reply.text);
		expect(xml?.[1]).toBe(xmlCode);
		expect(xml?.[2]).toMatch(message);
		expect(standIn.requests.at(-1)).toMatchObject({ fault: 's3', status });
		expect(stateOf(initiated)).toBe('initiated');
		expect((await upload(initiated, bodyOf(initiated, content))).status).toBe(201);
	});

	test('wrongEtag: what is stored is not what was sent, and the ETag tells', async () => {
		await start(faultsInTurn(isStorage, { kind: 'wrongEtag' }));
		const initiated = await initiate();
		const reply = await upload(initiated);
		const { object } = standIn.document(initiated.document_id);
		const stored = readFileSync(object?.path ?? '');
		expect(reply.status).toBe(201);
		expect(reply.headers.etag).toBe(`"${md5(stored)}"`);
		expect(reply.headers.etag).not.toBe(`"${md5(CONTENT)}"`);
		expect(stored.subarray(1).toString()).toBe(CONTENT.slice(1));
		expect((await upload(initiated)).headers.etag).toBe(`"${md5(CONTENT)}"`);
	});
});

describe('api', () => {
	test.each([
		[429, '1', { msg: 'Rate limited.', status: 429 }],
		[429, undefined, { msg: 'Rate limited.', status: 429 }],
		[503, 'Wed, 21 Oct 2099 07:28:00 GMT', { message: 'Service Unavailable', status: 503 }],
		[502, undefined, { message: 'Bad Gateway', status: 502 }],
	])('status %i, Retry-After %s: not carried out', async (status, retryAfter, body) => {
		await start(faultsInTurn(isInit, { kind: 'status', status, retryAfter }));
		const api = apiClient(standIn);
		const wanted = { filename: 'report.pdf', size: 8 };
		const reply = await api.post('/documents/init_upload', wanted);
		expect(reply.status).toBe(status);
		expect(reply.headers['retry-after']).toBe(retryAfter);
		expect(JSON.parse(reply.text)).toEqual(body);
		expect(standIn.requests[0]).toMatchObject({ fault: 'status', status, body: wanted });
		expect(standIn.documents).toEqual([]);
		expect((await api.post('/documents/init_upload', wanted)).status).toBe(200);
	});

	test('successFalse: the confirmation says no, and is not carried out', async () => {
		await start(faultsInTurn(isConfirm, { kind: 'successFalse' }));
		const initiated = await initiate();
		await upload(initiated);
		const id = initiated.document_id;
		const reply = await confirm(id);
		expect(reply.status).toBe(200);
		expect(JSON.parse(reply.text)).toEqual({
			document: { $ref: `/api/v1/documents/${id}` },
			message: expect.any(String),
			success: false,
		});
		expect(stateOf(initiated)).toBe('stored');
		expect(JSON.parse((await confirm(id)).text)).toMatchObject({ success: true });
	});

	test('a request above the rate gets its 429, and the fault waits for one that is served', async () => {
		const faults = faultsInTurn(({ side }) => side === 'api', undefined, {
			kind: 'status',
			status: 500,
		});
		await start(faults, { requestsPerSecond: 1 });
		const account = async () => (await apiClient(standIn).get('/account')).status;
		expect([await account(), await account()]).toEqual([200, 429]);
		expect(standIn.requests[1].fault).toBeUndefined();
		await sleep(1000);
		expect([await account(), await account()]).toEqual([500, 429]);
	});
});

describe('an answer that is spoilt', () => {
	test('truncated: an init_upload was carried out, its answer ends in the middle', async () => {
		await start(faultsInTurn(isInit, { kind: 'truncated' }));
		const sent = apiRequest('init_upload', { filename: 'report.pdf', size: 8 });
		const { received, end } = await exchange(standIn.baseUrl, sent);
		const [, length, body] = /Content-Length: (\d+)\r\n[^]*\r\n\r\n([^]*)$/.exec(received) ?? [];
		expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
		expect(body).toHaveLength(Math.floor(Number(length) / 2));
		expect(end).toBe('FIN');
		expect(standIn.requests[0]).toMatchObject({ fault: 'truncated', status: 200 });
		expect(standIn.documents).toHaveLength(1);
	});

	test('truncated: an object was stored; a client of HTTP sees its answer aborted', async () => {
		await start(faultsInTurn(isStorage, { kind: 'truncated' }));
		const initiated = await initiate();
		await expect(upload(initiated)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(stateOf(initiated)).toBe('stored');
		expect(standIn.requests.at(-1)).toMatchObject({ fault: 'truncated', status: 201 });
	});

	test('a download can be redirected, cut in its middle, and spoilt', async () => {
		const faults: Fault[] = [{ kind: 'redirect' }, { kind: 'truncated' }, { kind: 'malformed' }];
		await start(faultsInTurn(isDownload, ...faults));
		const content = 'x'.repeat(1001);
		const { id } = standIn.seed({ filename: 'report.pdf', bytes: Buffer.from(content) });
		const link = await apiClient(standIn).post(`/documents/${id}/download_uri`, {});
		const uri = new URL((JSON.parse(link.text) as { download_uri: string }).download_uri);

		const { status, headers } = await send(uri.href, {});
		expect(status).toBe(307);
		expect(headers.location).toBe(standIn.regionUrl + uri.pathname + uri.search);
		const { received, end } = await exchange(
			uri.origin,
			head(`GET ${uri.pathname}${uri.search}`, {}),
		);
		expect(received).toMatch(
			/^HTTP\/1\.1 200 OK\r\n[^]*Content-Length: 1001\r\n[^]*\r\n\r\nx{500}$/,
		);
		expect(end).toBe('FIN');
		expect(await send(uri.href, {})).toMatchObject({
			status: 200,
			text: expect.stringMatching(/^<!DOCTYPE html>/),
		});
		expect(await send(uri.href, {})).toMatchObject({ status: 200, text: content });
	});

	test('malformed: a page of HTML for what was carried out, on both sides', async () => {
		const either = ({ side }: { side: string }) => side === 'storage' || side === 'api';
		await start(faultsInTurn(either, undefined, { kind: 'malformed' }, { kind: 'malformed' }));
		const initiated = await initiate();
		for (const [status, spoilt, state] of [
			[201, () => upload(initiated), 'stored'],
			[200, () => confirm(initiated.document_id), 'confirmed'],
		] as const) {
			const reply = await spoilt();
			expect(reply.status).toBe(status);
			expect(reply.headers['content-type']).toBe('text/html');
			expect(reply.text).toMatch(/^<!DOCTYPE html>/);
			expect(reply.headers.etag).toBeUndefined();
			expect(stateOf(initiated)).toBe(state);
			expect(standIn.requests.at(-1)).toMatchObject({ fault: 'malformed', status });
		}
		const path = `/documents/${initiated.document_id}`;
		expect((await apiClient(standIn).get(path)).status).toBe(200);
	});
});

test('the schedule is asked once for each request, in order, and a reset does not rewind it', async () => {
	const asked: Array<Parameters<FaultSchedule>[0]> = [];
	await start((each) => void asked.push(each));
	const initiated = await initiate();
	await upload(initiated);
	standIn.reset();
	await apiClient(standIn).get(`/documents/${initiated.document_id}?x=1`);
	expect(asked.map(({ index, side, method }) => [index, side, method])).toEqual([
		[0, 'api', 'POST'],
		[1, 'storage', 'POST'],
		[2, 'api', 'GET'],
	]);
	expect(
		asked.map((each) => [isInit, isConfirm, isStorage, isDocumentGet].map((is) => is(each))),
	).toEqual([
		[true, false, false, false],
		[false, false, true, false],
		[false, false, false, true],
	]);
});
