import { randomBytes } from 'node:crypto';
import { type OneCodexStandIn, type StandInDocument, startOneCodex } from '../../onecodex';
import { apiClient, basic, type Call, initUpload, send } from './client';
import { fieldParts, file, formBody, formHeaders } from './form';

const BYTES = randomBytes(3 * 2 ** 20 + 7);
const CONTENT = 'a report';

let standIn: OneCodexStandIn;
let document: StandInDocument;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0 });
});
afterAll(() => standIn.close());
beforeEach(() => {
	standIn.reset();
	document = standIn.seed({ filename: 'report.pdf', bytes: Buffer.from(CONTENT) });
});

async function link({ id } = document, from = standIn): Promise<string> {
	const { text } = await apiClient(from).call('POST', `/documents/${id}/download_uri`);
	return (JSON.parse(text) as { download_uri: string }).download_uri;
}

test.each([undefined, {}])(
	'download_uri with the body %j answers a link and counts',
	async (body) => {
		const path = `/documents/${document.id}/download_uri`;
		const { status, text } = await apiClient(standIn).call('POST', path, body);
		expect(status).toBe(200);
		const answer = JSON.parse(text) as { download_uri: string; expires_in_hours: number };
		expect(answer).toEqual({ download_uri: expect.any(String), expires_in_hours: 24 });
		const url = new URL(answer.download_uri);
		expect(url.origin).toBe(standIn.storageUrl);
		expect(url.pathname).toBe(`/user_${standIn.userId}/file_${document.id}/report.pdf`);
		expect([...url.searchParams.keys()]).toEqual(['AWSAccessKeyId', 'Expires', 'Signature']);
		const day = Number(url.searchParams.get('Expires')) - Date.now() / 1000;
		expect(Math.abs(day - 86_400)).toBeLessThan(60);
		expect(document.downloads).toBe(1);
		await link();
		expect(document.downloads).toBe(2);
	},
);

test('the link gives the bytes, as often as it is asked, with the headers of S3', async () => {
	const large = standIn.seed({ filename: 'reads.fastq', bytes: BYTES });
	const url = await link(large);
	for (let time = 0; time < 2; time++) {
		const response = await fetch(url);
		expect(response.status).toBe(200);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'accept-ranges': 'bytes',
			'content-length': String(BYTES.length),
			'content-type': 'binary/octet-stream',
			etag: large.object?.etag,
			'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
		});
		expect(response.headers.has('content-disposition')).toBe(false);
		expect(BYTES.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
	}
	expect(standIn.requests.at(-1)).toMatchObject({
		side: 'storage',
		method: 'GET',
		path: url.slice(standIn.storageUrl.length),
		status: 200,
		aborted: false,
	});
});

test.each(['a b.pdf', 'ä&+?#%.pdf', "it's (1).pdf"])(
	'a file named %s comes too',
	async (filename) => {
		const odd = standIn.seed({ filename, bytes: Buffer.from(CONTENT) });
		expect((await send(await link(odd), {})).text).toBe(CONTENT);
	},
);

test.each([
	['bytes=0-0', 206, 'a', 'bytes 0-0/8'],
	['bytes=2-4', 206, 'rep', 'bytes 2-4/8'],
	['bytes=2-', 206, 'report', 'bytes 2-7/8'],
	['bytes=2-99', 206, 'report', 'bytes 2-7/8'],
	['bytes=-3', 206, 'ort', 'bytes 5-7/8'],
	['bytes=-99', 206, CONTENT, 'bytes 0-7/8'],
	['bytes=4-2', 200, CONTENT, undefined],
	['bytes=-', 200, CONTENT, undefined],
	['bytes=0-1,4-5', 200, CONTENT, undefined],
	['lines=0-1', 200, CONTENT, undefined],
])('Range: %s is answered %i', async (range, status, text, contentRange) => {
	const reply = await send(await link(), { headers: { Range: range } });
	expect(reply).toMatchObject({ status, text });
	expect(reply.headers['content-range']).toBe(contentRange);
	expect(reply.headers['content-length']).toBe(String(text.length));
});

test.each(['bytes=8-', 'bytes=99-100', 'bytes=-0'])('Range: %s is not there', async (range) => {
	const reply = await send(await link(), { headers: { Range: range } });
	expect(reply.status).toBe(416);
	expect(reply.text).toContain('<Code>InvalidRange</Code>');
	expect(reply.text).toContain('<ActualObjectSize>8</ActualObjectSize>');
});

test('If-Match and If-Range hold a client to the object that it began with', async () => {
	const url = await link();
	const Range = 'bytes=2-4';
	const get = (headers: Record<string, string>) => send(url, { headers: { Range, ...headers } });
	const etag = document.object?.etag ?? '';
	expect((await get({ 'If-Match': etag })).text).toBe('rep');
	expect((await get({ 'If-Match': '"another"' })).status).toBe(412);
	expect((await get({ 'If-Range': etag })).text).toBe('rep');
	expect(await get({ 'If-Range': '"another"' })).toMatchObject({ status: 200, text: CONTENT });
});

const changed = (change: (url: URL) => void) => (url: string) => {
	const parsed = new URL(url);
	change(parsed);
	return parsed.href;
};
const without = (name: string) => changed(({ searchParams }) => searchParams.delete(name));
const withParameter = (name: string, value: string) =>
	changed(({ searchParams }) => searchParams.set(name, value));
const same = (url: string) => url;

test.each<[string, number, string, (url: string) => string, Call]>([
	['HEAD, which was not signed', 403, '', same, { method: 'HEAD' }],
	['DELETE', 405, 'MethodNotAllowed', same, { method: 'DELETE' }],
	['PUT', 405, 'MethodNotAllowed', same, { method: 'PUT', body: 'x' }],
	[
		'another signature',
		403,
		'SignatureDoesNotMatch',
		withParameter('Signature', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='),
		{},
	],
	['a later expiry', 403, 'SignatureDoesNotMatch', withParameter('Expires', '9999999999'), {}],
	['another key', 403, 'SignatureDoesNotMatch', changed((url) => (url.pathname += 'x')), {}],
	[
		'a parameter of its own',
		403,
		'SignatureDoesNotMatch',
		withParameter('response-content-type', 'text/html'),
		{},
	],
	[
		'a Content-Type',
		403,
		'SignatureDoesNotMatch',
		same,
		{ headers: { 'Content-Type': 'application/json' } },
	],
	['an x-amz- header', 403, 'SignatureDoesNotMatch', same, { headers: { 'x-amz-acl': 'private' } }],
	[
		'another access key',
		403,
		'InvalidAccessKeyId',
		withParameter('AWSAccessKeyId', 'AKIA0000000000000000'),
		{},
	],
	['no signature', 403, 'AccessDenied', without('Signature'), {}],
	['no expiry', 403, 'AccessDenied', without('Expires'), {}],
	['an expiry that is no number', 403, 'AccessDenied', withParameter('Expires', 'tomorrow'), {}],
	['no query', 403, 'AccessDenied', changed((url) => (url.search = '')), {}],
	[
		'the API key by X-API-Key',
		400,
		'InvalidArgument',
		same,
		{ headers: { 'X-API-Key': 'a'.repeat(32) } },
	],
	[
		'the API key by Basic',
		400,
		'InvalidArgument',
		same,
		{ headers: { Authorization: basic('a'.repeat(32)) } },
	],
])('%s is refused with %i %s', async (_what, status, code, change, call) => {
	const reply = await send(change(await link()), call);
	expect(reply.status).toBe(status);
	expect(reply.headers['content-type']).toBe('application/xml');
	expect(reply.text).toContain(code && `<Error><Code>${code}</Code><Message>`);
	expect(reply.text).not.toContain(CONTENT);
	expect(standIn.requests.at(-1)).toMatchObject({ side: 'storage', status });
});

test('a link opens the object until it expires, and not once its document is deleted', async () => {
	const url = await link();
	await apiClient(standIn).call('PATCH', `/documents/${document.id}/rename`, { filename: 'b.pdf' });
	expect((await send(url, {})).text).toBe(CONTENT);
	expect(await link()).toContain('/report.pdf?');
	await apiClient(standIn).call('DELETE', `/documents/${document.id}`);
	const gone = await send(url, {});
	expect(gone.status).toBe(404);
	expect(gone.text).toContain('<Code>NoSuchKey</Code>');
});

test('an expired link is refused, and said to be expired', async () => {
	const expired = await startOneCodex({ downloadLifetime: -1 });
	try {
		const seeded = expired.seed({ filename: 'report.pdf', bytes: Buffer.from(CONTENT) });
		const reply = await send(await link(seeded, expired), {});
		expect(reply.status).toBe(403);
		expect(reply.text).toContain(
			'<Code>AccessDenied</Code><Message>Request has expired</Message><Expires>20',
		);
	} finally {
		await expired.close();
	}
});

test('a document of which there is only a size has a link that leads nowhere', async () => {
	const seeded = standIn.seed({ filename: 'large.bam', size: 2 ** 40 });
	const reply = await send(await link(seeded), {});
	expect(reply.status).toBe(404);
	expect(reply.text).toContain('<Code>NoSuchKey</Code>');
});

test('right after its confirmation a file is still on its way', async () => {
	const slow = await startOneCodex({ availableAfter: 500 });
	try {
		const initiated = await initUpload(slow, 'report.pdf', CONTENT.length);
		const body = formBody([...fieldParts(initiated), file('report.pdf', CONTENT)]);
		await send(initiated.upload_url, { method: 'POST', headers: formHeaders(body), body });
		const { document_id: id } = initiated;
		await apiClient(slow).post('/documents/confirm_upload', { document_id: id });
		const { confirmedAt = 0 } = slow.document(id);
		const url = await link({ id } as StandInDocument, slow);
		expect((await send(url, {})).status).toBe(404);
		await new Promise((resolve) => setTimeout(resolve, confirmedAt + 500 - Date.now() + 5));
		expect(await send(url, {})).toMatchObject({ status: 200, text: CONTENT });
	} finally {
		await slow.close();
	}
});
