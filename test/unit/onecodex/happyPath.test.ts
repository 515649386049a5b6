import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import FormData from 'form-data';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient, initUpload, send } from './client';

let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex();
});
afterAll(() => standIn.close());
afterEach(() => standIn.reset());

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function upload(bytes: Buffer, filename: string) {
	const initiated = await initUpload(standIn, filename, bytes.length);
	const form = new FormData();
	for (const [name, value] of Object.entries(initiated.additional_fields)) form.append(name, value);
	form.append('file', bytes, { filename });
	const headers = { ...form.getHeaders(), 'Content-Length': form.getLengthSync() };
	const body = form.pipe(new PassThrough());
	const reply = await send(initiated.upload_url, { method: 'POST', headers, body });
	return { initiated, reply };
}

test('init_upload answers with the fields of the document, in their order', async () => {
	const initiated = await initUpload(standIn, 'report.pdf', 31337);
	const { additional_fields: fields } = initiated;
	expect(Object.keys(fields)).toEqual([
		'AWSAccessKeyId',
		'acl',
		'key',
		'policy',
		'signature',
		'success_action_status',
		'x-amz-server-side-encryption',
	]);
	expect(fields.key).toMatch(/^user_[0-9a-f]{16}\/file_[0-9a-f]{16}\/\$\{filename\}$/);
	expect(fields.success_action_status).toBe(201);
	expect(initiated.document_id).toMatch(/^[0-9a-f]{16}$/);
	expect(initiated.upload_url).toBe(standIn.storageUrl);
	expect(new URL(standIn.storageUrl).origin).not.toBe(new URL(standIn.baseUrl).origin);
});

test('a file goes up with the form-data package and comes out the same', async () => {
	const bytes = randomBytes(3 * 1024 * 1024 + 7);
	const { initiated, reply } = await upload(bytes, 'reads_1.fastq.gz');
	const { object, state } = standIn.document(initiated.document_id);
	const md5 = createHash('md5').update(bytes).digest('hex');

	expect(reply.status).toBe(201);
	expect(reply.headers.etag).toBe(`"${md5}"`);
	expect(reply.text).toContain(`<Key>${object?.key}</Key><ETag>"${md5}"</ETag></PostResponse>`);
	expect(reply.text).toContain(`<Location>${reply.headers.location}</Location>`);
	expect(object).toMatchObject({ size: bytes.length, md5, sha256: sha256(bytes) });
	expect(sha256(readFileSync(object?.path ?? ''))).toBe(sha256(bytes));
	expect(state).toBe('stored');
});

test('the document is readable once it is confirmed, in the shape of the API', async () => {
	const api = apiClient(standIn);
	const { initiated } = await upload(Buffer.from('a report'), 'report.pdf');
	const id = initiated.document_id;
	expect((await api.get(`/documents/${id}`)).status).toBe(404);
	expect((await api.get('/documents')).text).toBe('[]');

	const confirmed = await api.post('/documents/confirm_upload', { document_id: id });
	expect(confirmed.status).toBe(200);
	expect(JSON.parse(confirmed.text)).toEqual({
		document: { $ref: `/api/v1/documents/${id}` },
		message: expect.any(String),
		success: true,
	});
	const document = {
		$uri: `/api/v1/documents/${id}`,
		created_at: standIn.document(id).createdAt,
		downloaders: [],
		filename: 'report.pdf',
		size: 8,
		uploader: { $ref: expect.stringMatching(/^\/api\/v1\/users\/[0-9a-f]{16}$/) },
	};
	expect(JSON.parse((await api.get(`/documents/${id}`)).text)).toEqual(document);
	const list = await api.get('/documents?page=1&per_page=10');
	expect(JSON.parse(list.text)).toEqual([document]);
	expect(list.headers['x-total-count']).toBe('1');
	expect(list.headers.link).toContain('rel="self"');
});

test('the account is there for whoever has the key', async () => {
	const account = await apiClient(standIn).get('/account');
	expect(JSON.parse(account.text)).toEqual({
		confirmed_at: expect.any(String),
		created_at: expect.any(String),
		email: expect.any(String),
		user: { $ref: expect.stringMatching(/^\/api\/v1\/users\/[0-9a-f]{16}$/) },
	});
	const byHeader = { headers: { 'X-API-Key': standIn.apiKey } };
	expect((await send(`${standIn.baseUrl}/api/v1/account`, byHeader)).text).toBe(account.text);
});

test('every request is recorded on its side, as it came', async () => {
	const { initiated } = await upload(Buffer.from('a report'), 'report.pdf');
	const [init, post] = standIn.requests;
	expect(init).toMatchObject({
		side: 'api',
		method: 'POST',
		path: '/api/v1/documents/init_upload',
		body: { filename: 'report.pdf', size: 8 },
		status: 200,
		aborted: false,
	});
	expect(post).toMatchObject({ side: 'storage', method: 'POST', path: '/', status: 201 });
	expect(post.fields).toEqual(
		Object.entries(initiated.additional_fields).map(([name, value]) => [name, String(value)]),
	);
	expect(post.filename).toBe('report.pdf');
	expect(post.bytes).toBe(Number(post.headers['content-length']));
	standIn.reset();
	expect([standIn.requests, standIn.documents]).toEqual([[], []]);
	expect(() => standIn.document(initiated.document_id)).toThrow(initiated.document_id);
});
