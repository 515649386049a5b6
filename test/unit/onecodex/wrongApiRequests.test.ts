import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { basic, type Call, send } from './client';

let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ apiKey: 'a'.repeat(32), requestsPerSecond: 0 });
});
afterAll(() => standIn.close());

const AUTHORIZED = { Authorization: basic('a'.repeat(32)) };
const JSON_HEADERS = { ...AUTHORIZED, 'Content-Type': 'application/json' };
const post = (json: unknown): Call => ({
	method: 'POST',
	headers: JSON_HEADERS,
	body: JSON.stringify(json),
});
const account = (headers: Record<string, string>): Call => ({ headers });

const INIT = '/documents/init_upload';
const CONFIRM = '/documents/confirm_upload';
const UNKNOWN_ID = '0123456789abcdef';

const refused: Array<[what: string, status: number, path: string, call: Call]> = [
	['a size in a string', 400, INIT, post({ filename: 'a.pdf', size: '5' })],
	['a fractional size', 400, INIT, post({ filename: 'a.pdf', size: 1.5 })],
	['a size of true', 400, INIT, post({ filename: 'a.pdf', size: true })],
	['an empty file', 400, INIT, post({ filename: 'a.pdf', size: 0 })],
	['a negative size', 400, INIT, post({ filename: 'a.pdf', size: -1 })],
	['no size', 400, INIT, post({ filename: 'a.pdf' })],
	['no filename', 400, INIT, post({ size: 5 })],
	['an empty filename', 400, INIT, post({ filename: '', size: 5 })],
	['a filename with a space', 400, INIT, post({ filename: 'a b.pdf', size: 5 })],
	['a filename with a slash', 400, INIT, post({ filename: 'a/b.pdf', size: 5 })],
	['a filename with an umlaut', 400, INIT, post({ filename: 'ä.pdf', size: 5 })],
	['a filename with a line feed', 400, INIT, post({ filename: 'a.pdf\n', size: 5 })],
	['a filename that is a number', 400, INIT, post({ filename: 5, size: 5 })],
	['a body that is a list', 400, INIT, post([{ filename: 'a.pdf', size: 5 }])],
	['no body', 400, INIT, { method: 'POST', headers: JSON_HEADERS }],
	['a body that is no JSON', 400, INIT, { ...post(0), body: '{' }],
	['a form for JSON', 400, INIT, { ...post(0), headers: AUTHORIZED, body: 'filename=a&size=5' }],
	[
		'JSON declared as text',
		400,
		INIT,
		{
			...post({ filename: 'a.pdf', size: 5 }),
			headers: { ...AUTHORIZED, 'Content-Type': 'text/plain' },
		},
	],
	['a body above 64 KiB', 413, INIT, post({ filename: 'a'.repeat(65536), size: 5 })],
	['no document_id', 400, CONFIRM, post({ sample_id: UNKNOWN_ID })],
	['a document_id that is no id', 400, CONFIRM, post({ document_id: '0123456789ABCDEF' })],
	['a document_id that is a number', 400, CONFIRM, post({ document_id: 1 })],
	['a document that is not there', 404, CONFIRM, post({ document_id: UNKNOWN_ID })],
	['an unknown document', 404, `/documents/${UNKNOWN_ID}`, { headers: AUTHORIZED }],
	['an unknown route', 404, '/genomes', { headers: AUTHORIZED }],
	['a trailing slash', 404, '/account/', { headers: AUTHORIZED }],
	['a page of 0', 400, '/documents?page=0', { headers: AUTHORIZED }],
	['GET of init_upload', 405, INIT, { headers: AUTHORIZED }],
	['PUT of a document', 405, `/documents/${UNKNOWN_ID}`, { method: 'PUT', headers: AUTHORIZED }],
	['no key', 401, '/account', account({})],
	['a wrong key', 401, '/account', account({ Authorization: basic('b'.repeat(32)) })],
	['a password', 401, '/account', account({ Authorization: basic('a'.repeat(32), 'x') })],
	['the key as password', 401, '/account', account({ Authorization: basic('', 'a'.repeat(32)) })],
	['a bearer token', 401, '/account', account({ Authorization: `Bearer ${'a'.repeat(32)}` })],
	['a wrong X-API-Key', 401, '/account', account({ 'X-API-Key': 'b' })],
	['two keys', 401, '/account', account({ ...AUTHORIZED, 'X-API-Key': 'b' })],
	['init_upload without a key', 401, INIT, { ...post({}), headers: {} }],
	['a document without a key', 401, `/documents/${UNKNOWN_ID}`, {}],
];

test.each(refused)('%s is refused with %i', async (_what, status, path, call) => {
	const reply = await send(`${standIn.baseUrl}/api/v1${path}`, call);
	expect(reply.status).toBe(status);
	expect(reply.headers['content-type']).toBe('application/json');
	expect(JSON.parse(reply.text)).toEqual({ message: expect.any(String), status });
	expect(standIn.documents).toEqual([]);
	expect(standIn.requests.at(-1)).toMatchObject({ status, aborted: false });
});

test.each([
	['no key', {}],
	['a wrong key', { Authorization: basic('b') }],
])('the list of documents is 200 and empty with %s', async (_what, headers) => {
	const reply = await send(`${standIn.baseUrl}/api/v1/documents`, { headers });
	expect([reply.status, reply.text]).toEqual([200, '[]']);
});
