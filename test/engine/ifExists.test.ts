import { randomBytes } from 'node:crypto';

import { isInit, startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { inlineBinary, run, type RunOptions } from './engine';
import { answer, startFront } from './front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 1_000 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const skip = [{ operation: 'uploadDocument', options: { ifExists: 'skip' } }];
const file = (fileName: string, size = 10) => ({
	json: {},
	binary: { data: inlineBinary(randomBytes(size), fileName) },
});
const upload = async (items: RunOptions['items'], options: Partial<RunOptions> = {}) =>
	await run({ credentials: oneCodex, items, steps: skip, ...options });

const calls = () =>
	oneCodex.requests.map(({ method, path }) =>
		`${method} ${path.split('?')[0]}`.replace('/api/v1/', ''),
	);
const inits = () => oneCodex.requests.filter(isInit).length;

describe('Skip', () => {
	it('gives out the document of the same name and size that is there', async () => {
		oneCodex.seed({ filename: 'Report_Marz.pdf', size: 10, createdAt: '2024-01-01T00:00:00Z' });
		const newest = oneCodex.seed({ filename: 'Report_Marz.pdf', size: 10 });
		const result = await upload([file('Report März.pdf'), file('new.pdf')]);

		expect(result.error).toBeUndefined();
		const [there, uploaded] = result.outputs()[0];
		expect(there).toEqual({
			json: {
				document_id: newest.id,
				document: { $ref: `/api/v1/documents/${newest.id}` },
				filename: 'Report_Marz.pdf',
				original_filename: 'Report März.pdf',
				size: 10,
				success: true,
				message: 'One Codex has a document of this name and size already.',
				skipped: true,
			},
			pairedItem: { item: 0 },
		});
		expect(uploaded.json).toMatchObject({ filename: 'new.pdf', etag: expect.any(String) });
		expect(uploaded.json).not.toHaveProperty('skipped');
		expect(inits()).toBe(1);
		expect(calls().slice(0, 2)).toEqual(['GET account', 'GET documents']);
	});

	it("uploads what is there in another size, under another name, or as somebody else's", async () => {
		const uploaderId = oneCodex.users[1].id;
		oneCodex.seed({ filename: 'a.txt', size: 11 });
		oneCodex.seed({ filename: 'A.txt', size: 10 });
		oneCodex.seed({ filename: 'a.txt.gz', size: 10 });
		oneCodex.seed({ filename: 'a.txt', size: 10, uploaderId, sharedWithMe: true });
		const result = await upload([file('a.txt')]);

		expect(result.outputs()[0][0].json).not.toHaveProperty('skipped');
		expect(inits()).toBe(1);
	});

	it('uploads a file once that comes several times in a run', async () => {
		const items = [file('a.txt'), file('b.txt'), file('a.txt'), file('a.txt', 11), file('a.txt')];
		const result = await upload(items);

		expect(result.error).toBeUndefined();
		expect(inits()).toBe(3);
		const json = result.outputs()[0].map((item) => item.json);
		expect(json.map(({ skipped = false }) => skipped)).toEqual([false, false, true, false, true]);
		expect(json[2].document_id).toBe(json[0].document_id);
		expect(json[4].document_id).toBe(json[0].document_id);
	});

	it('looks hundreds of files up in few requests that are not too long', async () => {
		const names = Array.from({ length: 300 }, (_, at) => `${at}_${'long-name'.repeat(12)}.txt`);
		for (const filename of names) oneCodex.seed({ filename, size: 10 });
		// Those of the same name but another size fill pages, too.
		for (const filename of names) oneCodex.seed({ filename, size: 12 });
		const result = await upload(names.map((name) => file(name)));

		expect(result.outputs()[0].every(({ json }) => json.skipped)).toBe(true);
		expect(inits()).toBe(0);
		expect(oneCodex.requests.length).toBeLessThan(15);
		const longest = Math.max(...oneCodex.requests.map(({ path }) => path.length));
		expect(longest).toBeLessThan(5_000);
	});

	it('follows the pages where many documents have the same name', async () => {
		const wanted = Array.from({ length: 150 }, (_, at) => file('a.txt', at + 1));
		for (const { binary } of wanted) {
			const size = Buffer.from(binary.data.data, 'base64').length;
			oneCodex.seed({ filename: 'a.txt', size });
		}
		const result = await upload(wanted);
		expect(result.outputs()[0].every(({ json }) => json.skipped)).toBe(true);
		expect(oneCodex.requests).toHaveLength(3);
	});

	it.each([
		['a key that is not known', /^One Codex does not know this API key/, 401],
		['an account that may not list', /^One Codex does not allow this/, 403],
		['a service that is down', /^One Codex is not available/, 503],
	])('does not take %s for an empty account', async (_, message, status) => {
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (incoming, response) =>
				incoming.url?.startsWith(status === 401 ? '/api/v1/account' : '/api/v1/documents?')
					? answer(response, status, { message: 'No.', status })
					: false,
			),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const steps = [{ operation: 'uploadDocument', options: { ifExists: 'skip', maxRetries: 1 } }];
		const items = [file('a.txt'), file('b.txt')];
		const { error } = await upload(items, { credentials, steps });

		expect(error?.message).toMatch(message);
		expect(error?.message).toMatch(/\[a\.txt, item 0\]$/);
		expect(error?.description).toContain('(If It Exists)');
		expect(inits()).toBe(0);

		const onError = 'continueRegularOutput';
		const going = await upload(items, { credentials, steps, onError });
		expect(going.outputs()[0].map(({ json, binary }) => [json.details, binary])).toEqual(
			items.map(({ binary }) => [
				{ filename: binary.data.fileName, binaryPropertyName: 'data', httpCode: status },
				binary,
			]),
		);
		expect(inits()).toBe(0);
	});

	it('says so where One Codex does not say whose key it is', async () => {
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (incoming, response) =>
				incoming.url === '/api/v1/account'
					? answer(response, 200, { email: 'a@b.example' })
					: false,
			),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const steps = [{ operation: 'uploadDocument', options: { ifExists: 'skip', maxRetries: 0 } }];
		const { error } = await upload([file('a.txt')], { credentials, steps });
		expect(error?.message).toMatch(/^One Codex answered for the account without user/);
	});
});

it('asks nothing where it is at its default, and refuses what it does not know', async () => {
	oneCodex.seed({ filename: 'a.txt', size: 10 });
	const steps = (ifExists?: string) => [{ operation: 'uploadDocument', options: { ifExists } }];
	await upload([file('a.txt')], { steps: steps() });
	await upload([file('a.txt')], { steps: steps('upload') });
	expect(oneCodex.documents).toHaveLength(3);
	expect(calls().filter((call) => call.startsWith('GET'))).toEqual([]);

	for (const [value, is] of [
		['overwrite', '"overwrite"'],
		['={{ $json.none }}', 'undefined'],
	]) {
		const { error } = await upload([file('a.txt')], { steps: steps(value) });
		expect(error?.message).toBe(`If It Exists must be skip or upload, not ${is} [item 0]`);
	}
});

it('is asked of each item', async () => {
	oneCodex.seed({ filename: 'a.txt', size: 10 });
	const items = [file('a.txt'), { ...file('a.txt'), json: { again: true } }];
	const ifExists = "={{ $json.again ? 'upload' : 'skip' }}";
	const result = await upload(items, {
		steps: [{ operation: 'uploadDocument', options: { ifExists } }],
	});
	expect(result.outputs()[0].map(({ json }) => json.skipped)).toEqual([true, undefined]);
});
