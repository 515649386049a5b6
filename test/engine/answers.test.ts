import type { ServerResponse } from 'node:http';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { answer, startFront } from './front';

let oneCodex: OneCodexStandIn;
beforeEach(async () => {
	oneCodex = closedAfterTest(await startOneCodex());
});

const items = async (): Promise<INodeExecutionData[]> => [
	{ json: {}, binary: { data: await storedBinary(Buffer.from('bytes'), 'a.bin') } },
];
const oneStep: INodeParameters[] = [{ operation: 'uploadDocument' }];
const threeSteps: INodeParameters[] = [
	{ operation: 'initUpload' },
	{ operation: 'uploadFile' },
	{ operation: 'confirmUpload' },
];
const bothWays: Array<[string, INodeParameters[]]> = [
	['one step', oneStep],
	['three steps', threeSteps],
];

/** Runs with One Codex behind a server that answers a route itself, the first times that it is asked. */
async function runWith(
	steps: INodeParameters[],
	route: string,
	respond: (response: ServerResponse) => true,
	times = Infinity,
) {
	let asked = 0;
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, ({ url }, response) => {
			if (!url?.endsWith(route) || asked++ >= times) return false;
			return respond(response);
		}),
	);
	const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
	return await run({ credentials, items: await items(), steps });
}

describe.each(bothWays)('in %s', (_, steps) => {
	it.each([
		['{}', {}],
		['no fields', { document_id: 'd', upload_url: 'https://s3.example' }],
		['a number for an ID', { document_id: 5, upload_url: 'u', additional_fields: {} }],
	])('init_upload that answers %s fails', async (__, body) => {
		const result = await runWith(steps, '/init_upload', (response) => answer(response, 200, body));
		expect(result.error?.message).toMatch(
			/One Codex answered init_upload without document_id, upload_url and additional_fields \[a\.bin/,
		);
	});

	it.each([
		['{}', {}],
		['no success', { document: { $ref: '/api/v1/documents/0123456789abcdef' }, message: 'm' }],
		['text for success', { document: { $ref: 'r' }, message: 'm', success: 'true' }],
	])('confirm_upload that answers %s fails', async (__, body) => {
		const result = await runWith(steps, '/confirm_upload', (response) =>
			answer(response, 200, body),
		);
		expect(result.error?.message).toMatch(
			/One Codex answered confirm_upload without document, message and success/,
		);
	});

	it('a request over the rate is sent again when One Codex allows it', async () => {
		const limited = (response: ServerResponse) => {
			return answer(response, 429, { msg: 'Rate limited.', status: 429 });
		};
		const result = await runWith(steps, '/confirm_upload', limited, 2);
		expect(result.error).toBeUndefined();
		expect(oneCodex.documents).toMatchObject([{ state: 'confirmed', confirmations: 1 }]);
	});

	it('what the service says is told with its status', async () => {
		const result = await runWith(steps, '/init_upload', (response) =>
			answer(response, 402, { message: 'Your plan has no documents', status: 402 }),
		);
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '402',
			message: expect.stringContaining('Your plan has no documents'),
			description: expect.stringContaining('plan'),
		});
	});
});

it('a storage that does not say what it stored is not believed', async () => {
	const storage = closedAfterTest(
		await startFront(oneCodex.baseUrl, (incoming, response) => {
			incoming.resume().once('end', () => response.writeHead(204).end());
			return true;
		}),
	);
	const result = await runWith(oneStep, '/init_upload', (response) =>
		answer(response, 200, {
			document_id: '0123456789abcdef',
			upload_url: storage.baseUrl,
			additional_fields: { key: 'k' },
		}),
	);
	expect(result.error?.message).toMatch(/The storage answered without saying what it stored/);
});

it.each([0, 1.5, -1, '={{ "many" }}'])('Max Concurrency %j is refused', async (maxConcurrency) => {
	const steps = [{ operation: 'uploadDocument', options: { maxConcurrency } }];
	const result = await run({ credentials: oneCodex, items: await items(), steps });
	expect(result.error).toMatchObject({
		name: 'NodeOperationError',
		message: expect.stringMatching(/^Max Concurrency must be a whole number/),
	});
	expect(oneCodex.requests).toEqual([]);
});
