import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OneCodexStandIn, type StandInDocument, startOneCodex } from '../../onecodex';
import { apiClient, initUpload, send } from './client';

const BYTES = Buffer.from('a report');
const UNKNOWN_ID = '0123456789abcdef';

let standIn: OneCodexStandIn;
let directory: string;
let document: StandInDocument;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'documents-'));
	standIn = await startOneCodex({ directory, requestsPerSecond: 0 });
});
afterAll(async () => {
	await standIn.close();
	await rm(directory, { recursive: true });
});
beforeEach(() => {
	standIn.reset();
	document = standIn.seed({ filename: 'report.pdf', bytes: BYTES });
});

const reference = (id: string) => ({ $ref: `/api/v1/users/${id}` });
const sharing = (id: string) => ({ user: reference(id) });

async function call(method: string, path: string, json?: unknown) {
	const { status, text } = await apiClient(standIn).call(method, `/documents/${path}`, json);
	return { status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const resource = (changes: object = {}) => ({
	$uri: `/api/v1/documents/${document.id}`,
	created_at: document.createdAt,
	downloaders: [],
	filename: 'report.pdf',
	size: BYTES.length,
	uploader: reference(standIn.userId),
	...changes,
});

test('a seeded document is like one that was uploaded', async () => {
	expect(document).toMatchObject({
		state: 'confirmed',
		confirmations: 0,
		uploaderId: standIn.userId,
		downloads: 0,
	});
	expect(document.object?.etag).toBe(`"${document.object?.md5}"`);
	expect(await call('GET', document.id)).toEqual({ status: 200, body: resource() });
	const again = { document_id: document.id };
	expect((await call('POST', 'confirm_upload', again)).status).toBe(409);
	expect(() => standIn.seed({ filename: 'empty.txt', size: 0 })).toThrow('0 bytes');
});

test('a deleted document is gone, and its file with it', async () => {
	expect(await call('DELETE', document.id)).toEqual({ status: 204, body: undefined });
	expect(readdirSync(directory)).toEqual([]);
	expect(standIn.documents).toEqual([]);
	for (const method of ['GET', 'DELETE']) {
		expect((await call(method, document.id)).status).toBe(404);
	}
});

test('a document that is not confirmed cannot be deleted or changed', async () => {
	const { document_id: id } = await initUpload(standIn, 'report.pdf', 8);
	expect((await call('DELETE', id)).status).toBe(404);
	expect((await call('PATCH', `${id}/rename`, { filename: 'b.pdf' })).status).toBe(404);
	expect((await call('POST', `${id}/download_uri`)).status).toBe(404);
	expect(standIn.document(id).state).toBe('initiated');
});

test('a renamed document answers with its new name; its object stays where it is', async () => {
	const key = document.object?.key;
	const renamed = resource({ filename: 'final_1.2-b.pdf' });
	expect(await call('PATCH', `${document.id}/rename`, { filename: 'final_1.2-b.pdf' })).toEqual({
		status: 200,
		body: renamed,
	});
	expect((await call('GET', document.id)).body).toEqual(renamed);
	expect(document.object?.key).toBe(key);
});

test.each([{ filename: 'a b.pdf' }, { filename: '' }, { filename: 5 }, { name: 'a.pdf' }, []])(
	'rename: %j is refused',
	async (body) => {
		expect((await call('PATCH', `${document.id}/rename`, body)).status).toBe(400);
		expect(document.filename).toBe('report.pdf');
	},
);

test('users are added once and removed, and each answer is the document', async () => {
	const [, ada, grace] = standIn.users.map(({ id }) => id);
	const share = async (action: string, id: string) =>
		await call('POST', `${document.id}/${action}`, sharing(id));
	const sharedWith = (...ids: string[]) => ({
		status: 200,
		body: resource({ downloaders: ids.map(reference) }),
	});
	expect(await share('add_user', ada)).toEqual(sharedWith(ada));
	expect(await share('add_user', grace)).toEqual(sharedWith(ada, grace));
	expect(await share('add_user', ada)).toEqual(sharedWith(ada, grace));
	expect(await share('remove_user', ada)).toEqual(sharedWith(grace));
	expect(await share('remove_user', ada)).toEqual(sharedWith(grace));
	expect(document.downloaders).toEqual([grace]);
});

test.each([
	['no user', {}, 400],
	['an id', { user: UNKNOWN_ID }, 400],
	['an e-mail', { user: { email: 'ada@lab.example' } }, 400],
	['a reference to a document', { user: { $ref: `/api/v1/documents/${UNKNOWN_ID}` } }, 400],
	['an unknown user', sharing(UNKNOWN_ID), 404],
])('sharing with %s is refused', async (_what, body, status) => {
	for (const action of ['add_user', 'remove_user']) {
		expect(await call('POST', `${document.id}/${action}`, body)).toMatchObject({ status });
	}
	expect(document.downloaders).toEqual([]);
});

const calls: Array<[method: string, path: string, body: () => unknown]> = [
	['GET', '', () => undefined],
	['POST', '/download_uri', () => undefined],
	['DELETE', '', () => undefined],
	['PATCH', '/rename', () => ({ filename: 'b.pdf' })],
	['POST', '/add_user', () => sharing(standIn.userId)],
	['POST', '/remove_user', () => sharing(standIn.userId)],
];

test.each(calls)("%s %s of another's document: as far as it was shared", async (...args) => {
	const [method, path, body] = args;
	const foreign = { filename: 'theirs.pdf', size: 8, uploaderId: standIn.users[1].id };
	const shared = standIn.seed({ ...foreign, sharedWithMe: true });
	const hidden = standIn.seed(foreign);
	const expected = method === 'GET' || path === '/download_uri' ? 200 : 403;
	expect((await call(method, `${shared.id}${path}`, body())).status).toBe(expected);
	expect((await call(method, `${hidden.id}${path}`, body())).status).toBe(404);
	expect(standIn.documents).toHaveLength(3);
	expect(shared).toMatchObject({ filename: 'theirs.pdf', downloaders: [standIn.userId] });
});

test("another's document cannot be confirmed", async () => {
	const theirs = standIn.seed({ filename: 'a.pdf', size: 8, uploaderId: standIn.users[1].id });
	const body = { document_id: theirs.id };
	expect((await call('POST', 'confirm_upload', body)).status).toBe(404);
});

test.each(calls)('%s %s: 401 without a key, 404 for an unknown document', async (...args) => {
	const [method, path, body] = args;
	const url = `${standIn.baseUrl}/api/v1/documents/${document.id}${path}`;
	expect((await send(url, { method })).status).toBe(401);
	expect((await call(method, `${UNKNOWN_ID}${path}`, body())).status).toBe(404);
	expect(standIn.documents).toEqual([document]);
});
