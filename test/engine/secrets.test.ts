import { randomBytes } from 'node:crypto';

import type { INodeExecutionData } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { answer, startFront } from './front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const items = async (): Promise<INodeExecutionData[]> => [
	{ json: {}, binary: { data: await storedBinary(randomBytes(10_000), 'a.bin') } },
];
const uploadDocument = [{ operation: 'uploadDocument' }];
const initUpload = [{ operation: 'initUpload' }];

const keyIn = (text: string, apiKey: string) =>
	text.includes(apiKey) || text.includes(Buffer.from(`${apiKey}:`).toString('base64'));

describe('the API key', () => {
	it('goes to One Codex as Basic auth with an empty password, and never to the storage', async () => {
		await run({ credentials: oneCodex, items: await items(), steps: uploadDocument });
		const basic = `Basic ${Buffer.from(`${oneCodex.apiKey}:`).toString('base64')}`;
		for (const { side, headers } of oneCodex.requests) {
			if (side === 'api') expect(headers.authorization).toBe(basic);
			else expect(keyIn(JSON.stringify(headers), oneCodex.apiKey)).toBe(false);
		}
		expect(oneCodex.requests.map(({ side }) => side)).toEqual(['api', 'storage', 'api']);
	});

	it.each([
		['Upload Document', uploadDocument],
		['Init Upload', initUpload],
	])('does not follow a redirect of %s', async (_, steps) => {
		const seen: string[] = [];
		const elsewhere = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ headers }, response) => {
				seen.push(JSON.stringify(headers));
				return answer(response, 200, {});
			}),
		);
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (_incoming, response) => {
				response.writeHead(307, { Location: `${elsewhere.baseUrl}/api/v1/documents/init_upload` });
				response.end();
				return true;
			}),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const result = await run({ credentials, items: await items(), steps });
		expect(result.error?.httpCode).toBe('307');
		expect(seen).toEqual([]);
	});

	it('is not sent by plain http to another machine, nor when it is empty', async () => {
		for (const steps of [uploadDocument, initUpload]) {
			const plain = { apiKey: 'k', baseUrl: 'http://onecodex.example' };
			const refused = await run({ credentials: plain, items: await items(), steps });
			expect(refused.error?.message).toMatch(/Base URL .* must start with https:\/\//);

			const empty = { apiKey: ' ', baseUrl: oneCodex.baseUrl };
			const without = await run({ credentials: empty, items: await items(), steps });
			expect(without.error?.message).toMatch(/The API key is empty/);
		}
		expect(oneCodex.requests).toEqual([]);
	});

	it.each([
		['Upload Document', uploadDocument],
		['Init Upload', initUpload],
	])('goes out once where it is wrong, and is in no error of %s', async (_, steps) => {
		const credentials = { apiKey: 'wrong-key-0123456789', baseUrl: oneCodex.baseUrl };
		const result = await run({ credentials, items: await items(), steps });
		expect(oneCodex.requests).toHaveLength(1);
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '401',
			message: expect.stringMatching(/does not know this API key.*a\.bin, item 0/),
		});
		expect(keyIn(serialised(result.error), credentials.apiKey)).toBe(false);
	});

	it('is in no error where nothing answers', async () => {
		const credentials = { apiKey: 'some-key-0123456789', baseUrl: 'http://127.0.0.1:9' };
		for (const steps of [uploadDocument, initUpload]) {
			const result = await run({ credentials, items: await items(), steps });
			expect(result.error?.message).toMatch(/Nothing answers there .*a\.bin, item 0/);
			expect(keyIn(serialised(result.error), credentials.apiKey)).toBe(false);
		}
	});
});

it('an answer that is not One Codex is told as such', async () => {
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, (_incoming, response) => {
			response.writeHead(200, { 'Content-Type': 'text/html' });
			response.end('<html>Sign in to the guest network</html>');
			return true;
		}),
	);
	const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
	for (const steps of [uploadDocument, initUpload]) {
		const result = await run({ credentials, items: await items(), steps });
		expect(result.error?.message).toMatch(/answered with a page/);
		expect(result.error?.description).toMatch(/Base URL/);
	}
});

/** All that n8n could save of an error: own properties, the hidden ones too, to any depth. */
function serialised(value: unknown, seen = new Set<unknown>()): string {
	if (typeof value !== 'object' || value === null) return String(value);
	if (seen.has(value)) return '';
	seen.add(value);
	return Object.getOwnPropertyNames(value)
		.map((name) => `${name}: ${serialised((value as Record<string, unknown>)[name], seen)}`)
		.join('\n');
}
