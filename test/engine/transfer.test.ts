import { randomBytes } from 'node:crypto';
import { appendFileSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { IBinaryData, INodeParameters } from 'n8n-workflow';

import { faultsInTurn, isUpload, startOneCodex, type Fault } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { answer, startFront } from './front';

const MIB = 1024 * 1024;
const uploadDocument = (options: INodeParameters): INodeParameters[] => [
	{ operation: 'uploadDocument', options },
];
const itemOf = (data: IBinaryData) => [{ json: {}, binary: { data } }];

describe('a transfer', () => {
	/** The HTTP client inside of n8n's helper, whose default n8n sets to 300 s. */
	const { defaults } = createRequire(require.resolve('n8n-core'))('axios') as {
		defaults: { timeout: number };
	};
	const limit = defaults.timeout;
	afterEach(() => (defaults.timeout = limit));

	it('may last longer than the limit of the helper and the idle time, as long as bytes move', async () => {
		const slow: Fault = { kind: 'slow', bytesPerSecond: 4 * MIB };
		const oneCodex = closedAfterTest(await startOneCodex({ faults: faultsInTurn(isUpload, slow) }));
		const data = await storedBinary(randomBytes(24 * MIB), 'slow.bin');
		defaults.timeout = 2_000;
		const start = performance.now();
		const result = await run({
			credentials: oneCodex,
			items: itemOf(data),
			steps: uploadDocument({ idleTimeout: 2, maxRetries: 0 }),
		});
		expect(result.error).toBeUndefined();
		expect(performance.now() - start).toBeGreaterThan(4_500);
	});

	it('that stands still is given up after the idle time and repeated', async () => {
		const stall: Fault = { kind: 'stall' };
		const oneCodex = closedAfterTest(
			await startOneCodex({ faults: faultsInTurn(isUpload, stall, stall) }),
		);
		const data = await storedBinary(randomBytes(8 * MIB), 'a.bin');
		const result = await run({
			credentials: oneCodex,
			items: itemOf(data),
			steps: uploadDocument({ idleTimeout: 1, maxRetries: 1 }),
		});
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(/^No byte moved for 1 s \[a\.bin, document/),
			description:
				'Check the network. On a very slow one, raise the option Idle Timeout. It was tried 2 times.',
		});
	});
});

describe('the file', () => {
	const pathOf = ({ id }: IBinaryData) =>
		join(process.env.N8N_BINARY_DATA_STORAGE_PATH!, id!.replace(/^[^:]+:/, ''));

	it.each([
		['fewer', (path: string) => truncateSync(path, 3 * MIB), /^The file gave 3145728 instead of/],
		['more', (path: string) => appendFileSync(path, 'x'), /^The file gave more than 4194304 bytes/],
		['no', (path: string) => truncateSync(path, 0), /^The file gave 0 instead of/],
	])('that gives %s bytes than declared is not confirmed', async (_, change, message) => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const data = await storedBinary(randomBytes(4 * MIB), 'a.bin');
		change(pathOf(data));
		const result = await run({
			credentials: oneCodex,
			items: itemOf(data),
			steps: uploadDocument({}),
		});
		expect(result.error).toMatchObject({ name: 'NodeOperationError' });
		expect(result.error?.message).toMatch(message);
		expect(oneCodex.documents).toMatchObject([{ state: 'initiated', confirmations: 0 }]);
	});

	it('whose bytes were damaged on the way, each time, is not confirmed', async () => {
		const oneCodex = closedAfterTest(
			await startOneCodex({
				faults: (request) => (isUpload(request) ? { kind: 'wrongEtag' } : undefined),
			}),
		);
		const items = itemOf(await storedBinary(randomBytes(1_000), 'a.bin'));
		const failing = await run({
			credentials: oneCodex,
			items,
			steps: uploadDocument({ maxRetries: 1 }),
		});
		expect(failing.error?.message).toMatch(
			/^The storage has other bytes than were sent \[a\.bin, document [0-9a-f]{16}, item 0\]$/,
		);
		expect(oneCodex.documents).toMatchObject([{ state: 'stored', confirmations: 0 }]);

		const unverified = await run({
			credentials: oneCodex,
			items,
			steps: uploadDocument({ verifyIntegrity: false }),
		});
		expect(unverified.error).toBeUndefined();
	});

	it.each<[string, Record<string, string>, string]>([
		['KMS, by its answer', { 'x-amz-server-side-encryption': 'aws:kms' }, 'f'.repeat(32)],
		['parts', {}, `${'f'.repeat(32)}-2`],
	])('whose ETag is no MD5 (%s) is not compared', async (_, headers, etag) => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const storage = createServer((request, response) => {
			request.resume().once('end', () => {
				response.writeHead(201, headers);
				response.end(`<PostResponse><Key>k</Key><ETag>"${etag}"</ETag></PostResponse>`);
			});
		});
		await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
		closedAfterTest({ close: async () => void storage.close() });
		const upload_url = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`;
		const document_id = '0123456789abcdef';
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ url }, response) =>
				url?.endsWith('/init_upload')
					? answer(response, 200, { document_id, upload_url, additional_fields: { key: 'k' } })
					: answer(response, 200, { document: { $ref: '/d' }, message: 'm', success: true }),
			),
		);
		const result = await run({
			credentials: { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl },
			items: itemOf(await storedBinary(randomBytes(10), 'a.bin')),
			steps: uploadDocument({ maxRetries: 0 }),
		});
		expect(result.error).toBeUndefined();
		expect(result.outputs()[0][0].json).toMatchObject({ etag });
	});
});
