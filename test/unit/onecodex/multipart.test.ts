import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { MultipartStore } from '../../onecodex/storage/multipartStore';
import { storeObject } from '../../onecodex/storage/objectStore';
import { apiClient, send } from './client';
import { codeOf, lend, partList, type S3 } from './s3Client';

const md5 = (...content: Array<string | Buffer>): Buffer => {
	const hash = createHash('md5');
	for (const each of content) hash.update(each);
	return hash.digest();
};
const etagOf = (content: string | Buffer): string => `"${md5(content).toString('hex')}"`;
const listOf = (...contents: string[]): string =>
	partList(...contents.map((each, index): [number, string] => [index + 1, etagOf(each)]));

let standIn: OneCodexStandIn;
let directory: string;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'multipart-'));
	standIn = await startOneCodex({ directory, requestsPerSecond: 0, minPartSize: 4 });
});
afterAll(async () => {
	await standIn.close();
	await rm(directory, { recursive: true });
});
afterEach(() => standIn.reset());

/** Everything but the callback. */
async function uploaded(...contents: string[]): Promise<S3> {
	const s3 = await lend(standIn);
	const id = await s3.create();
	for (const [index, content] of contents.entries()) await s3.put(id, index + 1, content);
	expect((await s3.complete(id, listOf(...contents))).status).toBe(200);
	return s3;
}
const json = ({ text }: { text: string }) => JSON.parse(text) as Record<string, unknown>;

test('init_multipart_upload answers what its description says, something else each time', async () => {
	const [first, second] = [(await lend(standIn)).lent, (await lend(standIn)).lent];
	expect(first).toEqual({
		callback_url: expect.stringMatching(/^\/api\/v1\/documents\/[0-9a-f]{16}\/import_callback$/),
		file_id: expect.stringMatching(/^[0-9a-f]{16}$/),
		import_as_document: true,
		s3_bucket: second.s3_bucket,
		upload_aws_access_key_id: expect.stringMatching(/^AKIA[0-9A-F]{16}$/),
		upload_aws_secret_access_key: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
	});
	expect(new Set([...Object.values(first), ...Object.values(second)]).size).toBe(10);
	expect(standIn.documents).toEqual([]);
	expect(standIn.imports.map(({ key, callbacks }) => [key, callbacks])).toEqual([
		[first.file_id, 0],
		[second.file_id, 0],
	]);
	const nobody = await send(`${standIn.baseUrl}/api/v1/documents/init_multipart_upload`, {
		method: 'POST',
	});
	expect(nobody.status).toBe(401);
	const withBody = apiClient(standIn).post('/documents/init_multipart_upload', { size: 'ignored' });
	expect((await withBody).status).toBe(200);
});

test('three parts, in any order and one of them twice, become a document', async () => {
	const s3 = await lend(standIn);
	const { s3_bucket: bucket, file_id: key } = s3.lent;
	const headers = { 'x-amz-server-side-encryption': 'AES256' };
	const created = await s3.s3({ method: 'POST', query: '?uploads', headers });
	expect(created.status).toBe(200);
	const [, id] =
		/^<\?xml version="1.0" encoding="UTF-8"\?>\n<InitiateMultipartUploadResult xmlns="http:\/\/s3.amazonaws.com\/doc\/2006-03-01\/"><Bucket>\S+?<\/Bucket><Key>\w+<\/Key><UploadId>([\w.-]+)<\/UploadId>/.exec(
			created.text,
		) ?? [];
	expect(standIn.multipartUploads).toEqual([{ id, key, state: 'open', parts: 0 }]);

	const parts = ['first part,', 'second part,', 'third'];
	await s3.put(id, 1, 'a mistake that is mended');
	const replies = await Promise.all([2, 0, 1].map((index) => s3.put(id, index + 1, parts[index])));
	for (const [position, index] of [2, 0, 1].entries()) {
		expect(replies[position]).toMatchObject({ status: 200, text: '' });
		expect(replies[position].headers).toMatchObject({
			etag: etagOf(parts[index]),
			'x-amz-server-side-encryption': 'AES256',
		});
	}
	expect(readdirSync(directory)).toHaveLength(3);
	expect(standIn.multipartUploads[0].parts).toBe(3);
	expect((await s3.head()).status).toBe(404);
	expect(await s3.callback()).toMatchObject({ status: 400 });

	const completed = await s3.complete(id, listOf(...parts));
	const digest = md5(...parts.map((each) => md5(each))).toString('hex');
	expect(completed.status).toBe(200);
	expect(completed.text).toContain(
		`<Location>${standIn.storageUrl}/${bucket}/${key}</Location><Bucket>${bucket}</Bucket><Key>${key}</Key><ETag>&quot;${digest}-3&quot;</ETag></CompleteMultipartUploadResult>`,
	);
	expect(standIn.multipartUploads).toEqual([{ id, key, state: 'completed', parts: 3 }]);
	expect(readdirSync(directory)).toHaveLength(1);
	expect(await s3.head()).toMatchObject({
		status: 200,
		text: '',
		headers: {
			etag: `"${digest}-3"`,
			'content-length': '28',
			'x-amz-server-side-encryption': 'AES256',
		},
	});

	const imported = await s3.callback();
	expect(imported.status).toBe(200);
	const documentId = String(json(imported).document_id);
	expect(documentId).toMatch(/^[0-9a-f]{16}$/);
	const content = parts.join('');
	const { object, ...document } = standIn.document(documentId);
	expect(document).toMatchObject({
		filename: 'reads.fastq',
		size: content.length,
		state: 'confirmed',
		confirmations: 2,
	});
	expect(object).toMatchObject({
		key,
		size: content.length,
		etag: `"${digest}-3"`,
		md5: md5(content).toString('hex'),
		sha256: createHash('sha256').update(content).digest('hex'),
	});
	expect(readFileSync(object?.path ?? '', 'utf8')).toBe(content);

	const api = apiClient(standIn);
	expect(json(await api.get(`/documents/${documentId}`))).toMatchObject({ size: content.length });
	expect(JSON.parse((await api.get('/documents')).text)).toHaveLength(1);
	const link = json(await api.post(`/documents/${documentId}/download_uri`, {}));
	expect((await send(String(link.download_uri), {})).text).toBe(content);
});

test('the bytes of parts are counted, and nothing else of a request is recorded', async () => {
	await uploaded('first', 'second');
	const storage = standIn.requests.filter(({ side }) => side === 'storage');
	expect(storage.map(({ method, bytes, status }) => [method, bytes, status])).toEqual([
		['POST', 0, 200],
		['PUT', 5, 200],
		['PUT', 6, 200],
		['POST', storage[3].bytes, 200],
	]);
	expect(storage[3].bytes).toBe(Buffer.byteLength(listOf('first', 'second')));
	expect(storage.every(({ fields }) => fields === undefined)).toBe(true);
});

test('parts that are not named are not in the object, and numbers may have gaps', async () => {
	const s3 = await lend(standIn);
	const id = await s3.create();
	for (const [number, content] of [
		[3, 'three'],
		[5, 'not named'],
		[10_000, 'last'],
	] as const) {
		await s3.put(id, number, content);
	}
	const list = partList(
		[3, etagOf('three')],
		[10_000, `&quot;${etagOf('last').slice(1, -1)}&quot;`],
	);
	expect((await s3.complete(id, list)).status).toBe(200);
	expect(standIn.multipartUploads[0].parts).toBe(2);
	expect(readdirSync(directory)).toHaveLength(1);
	expect(json(await s3.callback())).toHaveProperty('document_id');
	expect(standIn.documents[0].object?.sha256).toBe(
		createHash('sha256').update('threelast').digest('hex'),
	);
});

test('a body whose digests were sent is compared with them', async () => {
	const s3 = await lend(standIn);
	const id = await s3.create();
	const headers = { 'content-md5': md5('part').toString('base64'), 'content-type': 'text/plain' };
	expect((await s3.put(id, 1, 'part', { headers })).status).toBe(200);
	const payloadHash = 'UNSIGNED-PAYLOAD';
	expect((await s3.put(id, 1, 'part', { headers, payloadHash })).status).toBe(200);
	const length = { 'content-length': '4' };
	expect((await s3.put(id, 1, Readable.from(['pa', 'rt']), { headers: length })).status).toBe(200);
	expect(standIn.multipartUploads[0].parts).toBe(1);
	expect(readdirSync(directory)).toHaveLength(1);
});

test('an upload that is aborted is gone with its parts', async () => {
	const s3 = await lend(standIn);
	const id = await s3.create();
	await s3.put(id, 1, 'first');
	await s3.put(id, 2, 'second');
	expect(await s3.abort(id)).toMatchObject({ status: 204, text: '' });
	expect(readdirSync(directory)).toEqual([]);
	expect(standIn.multipartUploads).toMatchObject([{ id, state: 'aborted', parts: 0 }]);
	for (const late of [
		await s3.abort(id),
		await s3.put(id, 1, 'first'),
		await s3.complete(id, listOf('first', 'second')),
	]) {
		expect([late.status, codeOf(late)]).toEqual([404, 'NoSuchUpload']);
	}
	expect(readdirSync(directory)).toEqual([]);
	expect((await s3.callback()).status).toBe(400);
});

test('an abort ends a part that is on its way too', async () => {
	const s3 = await lend(standIn);
	const id = await s3.create();
	async function* content() {
		yield 'fi';
		expect((await s3.abort(id)).status).toBe(204);
		yield 'rst';
	}
	const headers = { 'content-length': '5' };
	const late = await s3.put(id, 1, Readable.from(content()), { headers });
	expect([late.status, codeOf(late)]).toEqual([404, 'NoSuchUpload']);
	expect(readdirSync(directory)).toEqual([]);
});

test('completing at the same time makes one object; the others find no such upload', async () => {
	const s3 = await lend(standIn);
	const id = await s3.create();
	const content = 'x'.repeat(2 ** 20);
	await s3.put(id, 1, content);
	const replies = await Promise.all([
		...[1, 2, 3].map(() => s3.complete(id, listOf(content))),
		s3.abort(id),
		s3.put(id, 1, content),
	]);
	const answers = replies.map((reply) => codeOf(reply) ?? reply.status);
	expect(answers.filter((each) => each === 200 || each === 204)).not.toHaveLength(0);
	expect(answers.filter((each) => each !== 'NoSuchUpload').length).toBeLessThanOrEqual(2);
	const { state } = standIn.multipartUploads[0];
	expect(state).toMatch(/^(completed|aborted)$/);
	expect(readdirSync(directory)).toHaveLength(state === 'completed' ? 1 : 0);
	expect((await s3.head()).status).toBe(state === 'completed' ? 200 : 404);
});

test('no part is taken while the object is put together of those that there are', async () => {
	const store = new MultipartStore(directory, 1);
	const id = store.create('key');
	const range = { key: 'key', min: 0, max: Infinity };
	const newPart = () => storeObject(Readable.from([Buffer.from('part')]), range, directory);
	const [first, late] = [await newPart(), await newPart()];
	store.putPart(id, 1, first);
	const completed = store.complete(id, 'key', [{ number: 1, etag: first.md5 }]);
	const refused = expect.objectContaining({ code: 'NoSuchUpload' });
	expect(() => store.checkOpen(id, 'key')).toThrow(refused);
	expect(() => store.putPart(id, 1, late)).toThrow(refused);
	await store.idle();
	expect(store.uploads).toEqual([{ id, key: 'key', state: 'completed', parts: 1 }]);
	const files = [(await completed).path, late.path];
	expect(
		readdirSync(directory)
			.map((name) => join(directory, name))
			.sort(),
	).toEqual(files.sort());
	await Promise.all(files.map((path) => rm(path)));
});

test('one client may have several uploads to its key: the object is that completed last', async () => {
	const s3 = await uploaded('first try');
	const id = await s3.create();
	expect((await s3.put(id, 1, 'second')).status).toBe(200);
	expect((await s3.complete(id, listOf('second'))).status).toBe(200);
	expect(readdirSync(directory)).toHaveLength(1);
	expect((await s3.callback()).status).toBe(200);
	expect(standIn.documents[0].object?.size).toBe(6);
	expect(standIn.multipartUploads.map(({ state }) => state)).toEqual(['completed', 'completed']);
});

test('the bucket tells its region to anybody', async () => {
	const { lent } = await lend(standIn);
	const head = (bucket: string, headers = {}) =>
		send(`${standIn.storageUrl}/${bucket}`, { method: 'HEAD', headers });
	expect(await head(lent.s3_bucket)).toMatchObject({
		status: 403,
		text: '',
		headers: { 'x-amz-bucket-region': 'eu-central-1' },
	});
	expect((await head(`${lent.s3_bucket}/`)).status).toBe(403);
	const unknown = await head('another');
	expect(unknown.status).toBe(404);
	expect(unknown.headers['x-amz-bucket-region']).toBeUndefined();
	const leaked = await head(lent.s3_bucket, { 'X-API-Key': standIn.apiKey });
	expect(leaked.status).toBe(400);

	const elsewhere = await startOneCodex({ region: 'ap-south-1' });
	try {
		const { s3, put } = await lend(elsewhere);
		const headers = { 'x-amz-server-side-encryption': 'AES256' };
		const create = { method: 'POST', query: '?uploads', headers };
		expect((await s3({ ...create, region: 'ap-south-1' })).status).toBe(200);
		expect((await s3(create)).text).toContain('<Region>ap-south-1</Region>');
		expect(codeOf(await put('x', 1, 'x'))).toBe('AuthorizationHeaderMalformed');
	} finally {
		await elsewhere.close();
	}
});

describe('the callback', () => {
	test('a second one for the same upload is refused and makes no second document', async () => {
		const s3 = await uploaded('content');
		const replies = await Promise.all([s3.callback(), s3.callback(), s3.callback()]);
		expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
		expect(standIn.documents).toHaveLength(1);
		const [document] = standIn.documents;
		expect(document.confirmations).toBe(3);
		expect(standIn.imports[0]).toMatchObject({ callbacks: 3, documentId: document.id });
		await apiClient(standIn).call('DELETE', `/documents/${document.id}`);
		expect((await s3.callback()).status).toBe(409);
		expect(readdirSync(directory)).toEqual([]);
	});

	test('the keys have done their work then', async () => {
		const s3 = await uploaded('content');
		await s3.callback();
		expect((await s3.head()).status).toBe(403);
		const headers = { 'x-amz-server-side-encryption': 'AES256' };
		const again = await s3.s3({ method: 'POST', query: '?uploads', headers });
		expect(codeOf(again)).toBe('InvalidAccessKeyId');
	});

	test('it may leave out import_as_document', async () => {
		const s3 = await uploaded('content');
		expect((await s3.callback({ import_as_document: undefined })).status).toBe(200);
	});

	test.each([
		['without a filename', { filename: undefined }],
		['a filename with a space', { filename: 'my reads.fastq' }],
		['a filename that is no text', { filename: 1 }],
		['without an s3_path', { s3_path: undefined }],
		['an s3_path that is no text', { s3_path: ['s3://'] }],
		['the s3_path of another file', { s3_path: 's3://onecodex-stand-in-userdata/other' }],
		['an import_as_document that is no boolean', { import_as_document: 'true' }],
		['an import as something else', { import_as_document: false }],
	])('400: %s', async (_what, change) => {
		const s3 = await uploaded('content');
		const reply = await s3.callback(change);
		expect(reply.status).toBe(400);
		expect(json(reply)).toEqual({ message: expect.any(String), status: 400 });
		expect(standIn.documents).toEqual([]);
		expect((await s3.callback()).status).toBe(200);
	});

	test('400: an empty file', async () => {
		const s3 = await uploaded('');
		expect((await s3.callback()).status).toBe(400);
		expect(standIn.documents).toEqual([]);
	});

	test('401 without a key, 404 for an unknown upload', async () => {
		const s3 = await uploaded('content');
		const url = standIn.baseUrl + s3.lent.callback_url;
		expect((await send(url, { method: 'POST' })).status).toBe(401);
		const unknown = `/documents/${'0'.repeat(16)}/import_callback`;
		expect((await apiClient(standIn).post(unknown, {})).status).toBe(404);
		expect(standIn.imports[0].callbacks).toBe(0);
	});
});

test('a reset forgets uploads with their parts, and objects that were not imported', async () => {
	await uploaded('content');
	const s3 = await lend(standIn);
	const id = await s3.create();
	await s3.put(id, 1, 'part');
	expect(readdirSync(directory)).toHaveLength(2);
	standIn.reset();
	expect(readdirSync(directory)).toEqual([]);
	expect([standIn.imports, standIn.multipartUploads]).toEqual([[], []]);
	expect(codeOf(await s3.put(id, 1, 'part'))).toBe('InvalidAccessKeyId');
});
