import { randomBytes } from 'node:crypto';

import { faultsInTurn, isDownload, type Fault, type OneCodexStandIn } from '../onecodex';
import { ownTime } from '../ownTime';
import { closedAfterTest } from './closing';
import { digestOf, download, links, sha256, standIn } from './downloads';
import { run } from './engine';
import { answer, startFront } from './front';
import { sideBySide } from './sideBySide';
import { until } from './until';

const MIB = 1024 * 1024;
const bytes = randomBytes(3 * MIB);

const asked = ({ requests }: OneCodexStandIn) =>
	requests.filter(({ path }) => path.endsWith('/download_uri'));

it('the file goes into the binary store, with name and type of the document', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'report.pdf', bytes });
	const result = await download(oneCodex, document.id, { binaryPropertyName: 'report' });
	expect(result.error).toBeUndefined();
	const [{ json, binary, pairedItem }] = result.outputs()[0];
	expect(json).toMatchObject({
		document_id: document.id,
		filename: 'report.pdf',
		size: bytes.length,
	});
	expect(binary?.report).toMatchObject({
		fileName: 'report.pdf',
		mimeType: 'application/pdf',
		fileExtension: 'pdf',
	});
	expect(pairedItem).toEqual({ item: 0 });
	expect(await digestOf(binary!.report)).toBe(sha256(bytes));
	expect(oneCodex.document(document.id).downloads).toBe(1);
});

it('the name is the one that the document has now, not the one of its link', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'before.txt', bytes });
	document.filename = 'after.csv';
	const result = await download(oneCodex, document.id);
	expect(result.outputs()[0][0].binary?.data).toMatchObject({
		fileName: 'after.csv',
		mimeType: 'text/csv',
	});
});

it('the storage gets no credential, and the link is in no output', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	const result = await download(oneCodex, document.id);
	const [{ headers }] = links(oneCodex);
	expect([headers.authorization, headers['x-api-key']]).toEqual([undefined, undefined]);
	expect(JSON.stringify(result.outputs())).not.toMatch(/Signature|AWSAccessKeyId/);
});

describe('the link is asked for once, and it', () => {
	sideBySide<[Fault]>([
		[{ kind: 'reset', when: 'before' }],
		[{ kind: 'reset', when: 'during' }],
		[{ kind: 'truncated' }],
		[{ kind: 's3', code: 'SlowDown' }],
		[{ kind: 's3', code: 'InternalError' }],
		[{ kind: 'redirect' }],
	])('is followed through %j', async (fault) => {
		const oneCodex = await standIn({ faults: faultsInTurn(isDownload, fault) });
		const document = oneCodex.seed({ filename: 'a.bin', bytes });
		const result = await download(oneCodex, document.id);
		expect(result.error).toBeUndefined();
		expect(await digestOf(result.outputs()[0][0].binary!.data)).toBe(sha256(bytes));
		expect(asked(oneCodex)).toHaveLength(1);
	});

	it('goes on where the connection broke, not from the first byte', async () => {
		const cut: Fault = { kind: 'truncated' };
		const oneCodex = await standIn({ faults: faultsInTurn(isDownload, cut, cut) });
		const document = oneCodex.seed({ filename: 'a.bin', bytes });
		const result = await download(oneCodex, document.id);
		expect(await digestOf(result.outputs()[0][0].binary!.data)).toBe(sha256(bytes));
		const starts = links(oneCodex).map(({ headers: { range = 'bytes=0-' } }) =>
			Number(/^bytes=(\d+)-/.exec(String(range))?.[1]),
		);
		// Where it was cut, but for what n8n 1 had in its buffers, which it drops then.
		const lost = [0, 0.5, 0.75].map((part, index) => part * bytes.length - starts[index]);
		expect(starts).toHaveLength(3);
		expect(Math.min(...lost)).toBe(0);
		expect(Math.max(...lost)).toBeLessThan(256 * 1024);
	});

	it('is waited for while the file is still being moved', async () => {
		const oneCodex = await standIn({ availableAfter: 1_500 });
		const upload = Buffer.from('just uploaded');
		const uploaded = await run({
			credentials: oneCodex,
			items: [
				{ json: {}, binary: { data: { data: upload.toString('base64'), mimeType: 'text/plain' } } },
			],
			steps: [
				{ operation: 'uploadDocument' },
				{
					operation: 'download',
					documentId: { __rl: true, mode: 'id', value: '={{ $json.document_id }}' },
				},
			],
		});
		expect(uploaded.error).toBeUndefined();
		expect(await digestOf(uploaded.outputs()[0][0].binary!.data)).toBe(sha256(upload));
		expect(links(oneCodex).map(({ status }) => status)).toEqual(expect.arrayContaining([404, 200]));
		expect(asked(oneCodex)).toHaveLength(1);
	});

	it('says so when it has expired, and is not asked for again', async () => {
		const oneCodex = await standIn({ downloadLifetime: -1 });
		const document = oneCodex.seed({ filename: 'a.bin', bytes });
		const { error } = await download(oneCodex, document.id);
		expect(error).toMatchObject({
			httpCode: '403',
			message: expect.stringMatching(
				/^The storage refused the download \(AccessDenied, Request has/,
			),
			description: expect.stringContaining('The link may have expired'),
		});
		expect(error?.message).toContain(document.id);
		expect(JSON.stringify(error)).not.toMatch(/Signature=|AWSAccessKeyId=/);
		expect(asked(oneCodex)).toHaveLength(1);
	});
});

describe('download_uri, which can cost money,', () => {
	const isAsking = ({ path }: { path: string }) => path.endsWith('/download_uri');

	it.each<[Fault, number]>([
		[{ kind: 'status', status: 429, retryAfter: '0' }, 2],
		[{ kind: 'status', status: 503, retryAfter: '0' }, 1],
		[{ kind: 'status', status: 500, retryAfter: '0' }, 1],
		[{ kind: 'reset', when: 'before' }, 1],
		[{ kind: 'reset', when: 'after' }, 1],
		[{ kind: 'truncated' }, 1],
		[{ kind: 'malformed' }, 1],
	])('is sent after %j %i time(s)', async (fault, times) => {
		const oneCodex = await standIn({ faults: faultsInTurn(isAsking, fault) });
		const document = oneCodex.seed({ filename: 'a.bin', bytes });
		const result = await download(oneCodex, document.id);
		expect(asked(oneCodex)).toHaveLength(times);
		expect(result.status).toBe(times > 1 ? 'success' : 'error');
	});

	it.each([
		['{}', {}],
		['a number', { download_uri: 5, expires_in_hours: 24 }],
		['plain http', { download_uri: 'http://s3.example/a', expires_in_hours: 24 }],
		['a file', { download_uri: 'file:///etc/passwd', expires_in_hours: 24 }],
	])('that answers %s is asked once, and told', async (_, body) => {
		const oneCodex = await standIn();
		const document = oneCodex.seed({ filename: 'a.bin', bytes });
		let times = 0;
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ url }, response) => {
				if (!url?.endsWith('/download_uri')) return false;
				times++;
				return answer(response, 200, body);
			}),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const { error } = await download(oneCodex, document.id, {}, { credentials });
		expect(error?.message).toMatch(
			/^(One Codex answered download_uri without|The download link must)/,
		);
		expect(times).toBe(1);
	});
});

it('a file of another size than the document is an error', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	for (const size of [bytes.length - 1, bytes.length + 1]) {
		document.size = size;
		const { error } = await download(oneCodex, document.id);
		expect(error?.message).toMatch(
			/^The storage gives 3145728 bytes instead of \d+ bytes .*document/,
		);
	}
});

it('a download that is cancelled is closed within two seconds', async () => {
	const oneCodex = await standIn({ faults: faultsInTurn(isDownload, { kind: 'stall' }) });
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	let cancel = () => {};
	const running = download(oneCodex, document.id, {}, { onStart: (stop) => (cancel = stop) });
	await until(() => links(oneCodex).length > 0);
	const start = ownTime();
	cancel();
	expect((await running).status).toBe('canceled');
	expect(ownTime() - start).toBeLessThan(2_000);
	await until(() => links(oneCodex).every(({ aborted }) => aborted));
	expect(links(oneCodex)).toMatchObject([{ aborted: true }]);
});

it('each item gets its own file, and a failure costs the others nothing', async () => {
	const oneCodex = await standIn();
	const documents = [1, 2, 3].map((size) =>
		oneCodex.seed({ filename: `${size}.txt`, bytes: Buffer.alloc(size, 'x') }),
	);
	const items = documents.map(({ id }, index) => ({
		json: { document_id: index === 1 ? '0123456789abcdef' : id },
	}));
	const result = await download(
		oneCodex,
		'={{ $json.document_id }}',
		{},
		{ items, onError: 'continueRegularOutput' },
	);
	expect(
		result.outputs()[0].map(({ json, binary }) => binary?.data.fileName ?? json.error),
	).toEqual(['1.txt', expect.stringMatching(/0123456789abcdef, item 1\]$/), '3.txt']);
});

it('wants a name for the output field', async () => {
	const oneCodex = await standIn();
	const { id } = oneCodex.seed({ filename: 'a.bin', bytes });
	const { error } = await download(oneCodex, id, { binaryPropertyName: '={{ "" }}' });
	expect(error?.message).toMatch(/^Put Output File in Field is empty/);
});
