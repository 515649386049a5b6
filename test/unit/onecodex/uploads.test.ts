import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient, type Initiated, initUpload, send, until } from './client';
import { fieldParts, file, formBody, formHeaders } from './form';

const CONTENT = 'a report\r\n--stand-in-boundar\r\n';

let standIn: OneCodexStandIn;
let directory: string;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'uploads-'));
	standIn = await startOneCodex({ directory, requestsPerSecond: 0 });
});
afterAll(async () => {
	await standIn.close();
	await rm(directory, { recursive: true });
});
afterEach(() => standIn.reset());

const bodyOf = (initiated: Initiated, filename = 'report.pdf', content = CONTENT): Buffer =>
	formBody([...fieldParts(initiated), file(filename, content)]);

const upload = (initiated: Initiated, body: Buffer) =>
	send(initiated.upload_url, { method: 'POST', headers: formHeaders(body), body });

const confirm = async (id: string) => {
	const { status, text: json } = await apiClient(standIn).post('/documents/confirm_upload', {
		document_id: id,
	});
	return { status, ...(JSON.parse(json) as { success?: boolean; message: string }) };
};

test('a confirmation is refused until the object is there, and once it is confirmed', async () => {
	const initiated = await initUpload(standIn, 'report.pdf', CONTENT.length);
	const id = initiated.document_id;
	expect(await confirm(id)).toMatchObject({ status: 200, success: false });
	await upload(initiated, bodyOf(initiated, 'report.pdf', CONTENT.slice(1)));
	expect(await confirm(id)).toMatchObject({ status: 200, success: false });
	expect(standIn.document(id).state).toBe('stored');
	expect((await apiClient(standIn).get(`/documents/${id}`)).status).toBe(404);

	await upload(initiated, bodyOf(initiated));
	expect(await confirm(id)).toMatchObject({ status: 200, success: true });
	expect((await apiClient(standIn).get(`/documents/${id}`)).status).toBe(200);
	expect(await confirm(id)).toMatchObject({ status: 409, message: expect.any(String) });
	expect(standIn.document(id)).toMatchObject({ state: 'confirmed', confirmations: 4 });
	expect(readdirSync(directory)).toHaveLength(1);
});

test('a file under another name than declared is stored, but is not the document', async () => {
	const initiated = await initUpload(standIn, 'report.pdf', CONTENT.length);
	expect((await upload(initiated, bodyOf(initiated, 'other.pdf'))).status).toBe(201);
	expect(await confirm(initiated.document_id)).toMatchObject({ status: 200, success: false });
	expect(standIn.document(initiated.document_id).object).toBeUndefined();
	expect(readdirSync(directory)).toEqual([]);
});

test.each(['C:\\reports\\report.pdf', '/home/me/report.pdf'])(
	'${filename} is what follows the path in %s',
	async (filename) => {
		const initiated = await initUpload(standIn, 'report.pdf', CONTENT.length);
		expect((await upload(initiated, bodyOf(initiated, filename))).status).toBe(201);
		expect(standIn.requests.at(-1)?.filename).toBe(filename);
		expect(await confirm(initiated.document_id)).toMatchObject({ success: true });
	},
);

test('it does not matter where the body is cut into packets', async () => {
	const initiated = await initUpload(standIn, 'report.pdf', CONTENT.length);
	const body = bodyOf(initiated);
	const outgoing = request(initiated.upload_url, { method: 'POST', headers: formHeaders(body) });
	outgoing.setNoDelay(true);
	const answered = new Promise<number>((resolve, reject) => {
		outgoing.once('error', reject);
		outgoing.once('response', (response) => resolve(response.resume().statusCode ?? 0));
	});
	for (const byte of body) {
		outgoing.write(Buffer.of(byte));
		await new Promise(setImmediate);
	}
	outgoing.end();
	expect(await answered).toBe(201);
	expect(await confirm(initiated.document_id)).toMatchObject({ success: true });
});

test('a client that goes away leaves nothing stored', async () => {
	const initiated = await initUpload(standIn, 'report.pdf', 2 ** 20);
	const body = bodyOf(initiated, 'report.pdf', 'x'.repeat(2 ** 20));
	const outgoing = request(initiated.upload_url, { method: 'POST', headers: formHeaders(body) });
	outgoing.on('error', () => {});
	outgoing.write(body.subarray(0, body.length / 2));
	await until(() => readdirSync(directory).length === 1);
	outgoing.destroy();

	const [, record] = standIn.requests;
	await until(() => record.aborted && readdirSync(directory).length === 0);
	expect(record).toMatchObject({ status: 400, filename: 'report.pdf' });
	expect(record.bytes).toBeLessThan(body.length);
	expect(standIn.document(initiated.document_id).state).toBe('initiated');
});

test('a client that stops before its Content-Length is told IncompleteBody', async () => {
	const initiated = await initUpload(standIn, 'report.pdf', CONTENT.length);
	const body = bodyOf(initiated);
	const { host, hostname, port } = new URL(initiated.upload_url);
	const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
	const headers = { Host: host, ...formHeaders(body) };
	const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.write(`POST / HTTP/1.1\r\n${head.join('')}\r\n`);
	// All but the line end after the last boundary: what the form needs, not what was announced.
	socket.end(body.subarray(0, -2));
	const answer = await text(socket);
	expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*<Code>IncompleteBody<\/Code>/);
	await until(() => readdirSync(directory).length === 0);
	expect(standIn.document(initiated.document_id).state).toBe('initiated');
});

test('a refusal reaches a client that is still sending, and ends the connection', async () => {
	const size = 32 * 2 ** 20;
	const initiated = await initUpload(standIn, 'report.pdf', size);
	initiated.additional_fields.acl = 'public-read';
	const body = bodyOf(initiated, 'report.pdf', 'x'.repeat(size));
	const reply = await upload(initiated, body);
	expect(reply.status).toBe(403);
	expect(reply.headers.connection).toBe('close');
	// It answers before it has let go of what came until then.
	await until(() => readdirSync(directory).length === 0);
});
