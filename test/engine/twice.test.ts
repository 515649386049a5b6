import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeExecutionData } from 'n8n-workflow';

import { isConfirm, isInit, isUpload, startOneCodex, type OneCodexStandIn } from '../onecodex';
import { inlineBinary, run, storedBinary, type Run, type RunOptions } from './engine';

const KIB = 1024;

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ maxFileSize: 64 * KIB, requestsPerSecond: 1_000 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
/** One after the other, so that what comes after a failure is not done. */
const steps = [{ operation: 'uploadDocument', options: { maxConcurrency: 1 } }];

/** S3 takes 64 KiB at the most: a file of more fails for good. */
const bytesOf = (name: string) => randomBytes(name.startsWith('large') ? 65 * KIB : KIB);
const item = async (name: string): Promise<INodeExecutionData> => ({
	json: {},
	binary: { data: await storedBinary(bytesOf(name), name) },
});
const itemsOf = async (...names: string[]) => await Promise.all(names.map(item));

const confirmedNames = () =>
	oneCodex.documents
		.filter(({ state }) => state === 'confirmed')
		.map(({ filename }) => filename)
		.sort();
const count = (matches: typeof isInit) => oneCodex.requests.filter(matches).length;
const confirmedId = (name: string) =>
	oneCodex.documents.find(({ filename, state }) => filename === name && state === 'confirmed')?.id;
const contextOf = ({ data }: Run, node = 'One Codex 1') =>
	data.executionData?.contextData[`node:${node}`];

async function upload(items: INodeExecutionData[], options: Partial<RunOptions> = {}) {
	return await run({ credentials: oneCodex, items, steps, ...options });
}

describe('Retry On Fail', () => {
	it('uploads the good files once, and names all that was done', async () => {
		const result = await upload(await itemsOf('a.txt', 'b.txt', 'large.txt', 'c.txt'), {
			node: retry,
		});

		expect(result.error?.message).toMatch(/EntityTooLarge.*\[large\.txt, document/);
		expect(confirmedNames()).toEqual(['a.txt', 'b.txt']);
		// One for each good file, and one for each try of the other.
		expect(count(isInit)).toBe(5);
		const done = ['a.txt', 'b.txt'].map((name) => `${name} (${confirmedId(name)})`).join(', ');
		expect(result.error?.description).toContain(`Done before it: ${done}.`);
	});

	it('names what an earlier try did, though the last one did not come to it', async () => {
		// At the first try the large one fails last, for it waits; then at once, before all others.
		const items = await itemsOf('large.txt', 'a.txt', 'b.txt');
		const concurrently = [{ operation: 'uploadDocument', options: { maxConcurrency: 3 } }];
		const result = await upload(items, { node: retry, steps: concurrently });

		const names = confirmedNames();
		expect(count(isConfirm)).toBe(names.length);
		for (const name of names) expect(result.error?.description).toContain(confirmedId(name));
	});

	it('gives out what earlier tries did as they would have, and then forgets it', async () => {
		const service = await startOneCodex({
			requestsPerSecond: 1_000,
			// A refusal that the node does not repeat, of the second and of the third file.
			faults: faultsFor(2, 4),
		});
		try {
			const items = await itemsOf('a.txt', 'b.txt', 'c.txt');
			const result = await upload(items, { credentials: service, node: retry });

			expect(result.error).toBeUndefined();
			expect(result.outputs()[0].map(({ json, pairedItem }) => [json, pairedItem])).toEqual(
				service.documents.map(({ id, filename, size, object }, at) => [
					{
						document_id: id,
						document: { $ref: `/api/v1/documents/${id}` },
						filename,
						original_filename: filename,
						size,
						etag: object?.etag.replaceAll('"', ''),
						success: true,
						message: 'Upload confirmed.',
					},
					{ item: at },
				]),
			);
			expect(service.documents).toHaveLength(3);
			expect(contextOf(result)).toEqual({});
		} finally {
			await service.close();
		}
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'uploads the good files once where On Error is %s, and the first item failed',
		async (onError) => {
			const items = await itemsOf('large.txt', 'a.txt', 'b.txt');
			const result = await upload(items, { node: retry, onError });

			expect(result.error).toBeUndefined();
			expect(confirmedNames()).toEqual(['a.txt', 'b.txt']);
			// n8n tries again where the first item says error: three times.
			expect(count(isInit)).toBe(5);
			expect(result.outputs().flat()).toHaveLength(3);
		},
	);

	it('tells files apart, of one item, in the item itself, and sends one that is named twice once', async () => {
		const one = {
			json: {},
			binary: {
				a: inlineBinary(Buffer.from('a'), 'same.txt'),
				b: inlineBinary(Buffer.from('b'), 'same.txt'),
				large: inlineBinary(bytesOf('large'), 'large.txt'),
			},
		};
		const binaryPropertyName = 'a, b, a, large';
		const result = await upload([one], {
			node: retry,
			steps: [{ ...steps[0], binaryPropertyName }],
		});

		expect(result.error?.message).toMatch(/large\.txt/);
		const good = oneCodex.documents.filter(({ state }) => state === 'confirmed');
		expect(good.map(({ filename }) => filename)).toEqual(['same.txt', 'same.txt']);
		expect(new Set(good.map(({ object }) => object?.sha256)).size).toBe(2);
		for (const { id } of good) expect(result.error?.description).toContain(id);
	});

	it('sends the good files of Upload File once', async () => {
		// One that never answers, so that the other two are done when it is given up.
		const silent = createServer(() => undefined);
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
		const send = {
			operation: 'uploadFile',
			uploadUrl: `={{ $json.filename === 'b.txt' ? '${url}' : $json.upload_url }}`,
			options: { maxRetries: 0, idleTimeout: 1 },
		};
		try {
			const result = await upload(await itemsOf('a.txt', 'b.txt', 'c.txt'), {
				node: { ...retry, maxTries: 2 },
				steps: [{ operation: 'initUpload' }, send],
			});

			expect(result.error?.message).toMatch(/\[b\.txt, document/);
			expect(count(isUpload)).toBe(2);
			const sent = oneCodex.documents.filter(({ object }) => object);
			const done = sent.map(({ filename, id }) => `${filename} (${id})`).sort();
			expect(result.error?.description).toContain(`Done before it: ${done.join(', ')}.`);
		} finally {
			silent.closeAllConnections();
			await new Promise((resolve) => silent.close(resolve));
		}
	});

	it('confirms each document once', async () => {
		const sent = await upload(await itemsOf('a.txt', 'b.txt'), {
			steps: [{ operation: 'initUpload' }, { operation: 'uploadFile' }],
		});
		const documents = sent.outputs()[0].map(({ json }) => ({ json }));
		const unknown = { json: { document_id: '0123456789abcdef' } };
		const result = await upload([documents[0], unknown, documents[1]], {
			node: retry,
			steps: [{ operation: 'confirmUpload' }],
		});

		expect(result.error?.message).toMatch(/document 0123456789abcdef, item 1\]$/);
		expect(oneCodex.documents.map(({ confirmations }) => confirmations)).toEqual([1, 1]);

		const good = await upload(documents, { node: retry, steps: [{ operation: 'confirmUpload' }] });
		expect(contextOf(good)).toEqual({});
	});
});

describe("n8n's Retry button", () => {
	/** Three files, of which the second was refused. */
	async function failed() {
		const items = await itemsOf('a.txt', 'b.txt', 'c.txt');
		const service = await startOneCodex({ requestsPerSecond: 1_000, faults: faultsFor(2) });
		const first = await upload(items, { credentials: service });
		expect(first.status).toBe('error');
		return { service, items, first };
	}

	it('uploads what was not uploaded, and gives out the rest', async () => {
		const { service, items, first } = await failed();
		try {
			const result = await upload(items, { credentials: service, retryOf: first });

			expect(result.error).toBeUndefined();
			expect(
				service.documents.map(({ filename, confirmations }) => [filename, confirmations]),
			).toEqual(['a.txt', 'b.txt', 'c.txt'].map((name) => [name, 1]));
			expect(result.outputs()[0].map(({ json }) => json.document_id)).toEqual(
				service.documents.map(({ id }) => id),
			);
			expect(contextOf(result)).toEqual({});
		} finally {
			await service.close();
		}
	});

	it('uploads again what was deleted meanwhile, or is to have another name now', async () => {
		const { service, items, first } = await failed();
		try {
			const again = async (name: string) =>
				await upload(items, {
					credentials: service,
					retryOf: first,
					steps: [{ ...steps[0], options: { maxConcurrency: 1, fileName: name } }],
				});
			const renamed = await again('={{ $binary.data.fileName.replace("a", "new") }}');
			expect(renamed.outputs()[0].map(({ json }) => json.filename)).toEqual([
				'new.txt',
				'b.txt',
				'c.txt',
			]);

			service.documents.splice(0);
			const result = await upload(items, { credentials: service, retryOf: first });
			expect(result.error).toBeUndefined();
			expect(service.documents.map(({ filename }) => filename)).toEqual([
				'a.txt',
				'b.txt',
				'c.txt',
			]);
		} finally {
			await service.close();
		}
	});

	it('fails where it cannot be said what is there', async () => {
		const { service, items, first } = await failed();
		try {
			const credentials = { ...service, apiKey: '0'.repeat(32) };
			const { error } = await upload(items, { credentials, retryOf: first });
			expect(error?.message).toMatch(/^One Codex does not know this API key.*\[a\.txt, item 0\]$/);
		} finally {
			await service.close();
		}
	});

	it('is given neither key nor policy to save', async () => {
		const { service, first } = await failed();
		await service.close();
		const saved = JSON.stringify(contextOf(first));
		expect(saved).toContain(service.documents[0].id);
		expect(saved).not.toMatch(new RegExp(`${service.apiKey}|policy|signature|amazonaws`, 'i'));
		expect(saved.length).toBeLessThan(1_000);
	});
});

describe('Several runs of the node', () => {
	it('each upload what they get', async () => {
		const result = await upload(await itemsOf('a.txt', 'b.txt'), { times: 2, node: retry });

		expect(result.error).toBeUndefined();
		expect(result.data.resultData.runData['One Codex 1']).toHaveLength(2);
		expect(confirmedNames()).toEqual(['a.txt', 'a.txt', 'b.txt', 'b.txt']);
		const ids = result.data.resultData.runData['One Codex 1'].flatMap(
			({ data }) => data?.main[0]?.map(({ json }) => json.document_id) ?? [],
		);
		expect(new Set(ids).size).toBe(4);
	});

	it('do not take what a run did that failed and went on', async () => {
		const items = await itemsOf('large.txt', 'a.txt');
		const result = await upload(items, {
			times: 2,
			node: retry,
			onError: 'continueRegularOutput',
		});

		expect(result.error).toBeUndefined();
		expect(confirmedNames()).toEqual(['a.txt', 'a.txt']);
	});

	it('of two nodes, each its own', async () => {
		const items = await itemsOf('a.txt', 'b.txt');
		const passing = { ...steps[0], binaryPropertyName: "={{ $('Source').item.binary.data }}" };
		const result = await upload(items, { steps: [passing, passing], node: retry });

		expect(result.error).toBeUndefined();
		expect(confirmedNames()).toEqual(['a.txt', 'a.txt', 'b.txt', 'b.txt']);
	});
});

/** Refuses the n-th init for each of these, from 1 on. */
function faultsFor(...numbers: number[]) {
	let inits = 0;
	return (request: Parameters<typeof isInit>[0]) =>
		isInit(request) && numbers.includes(++inits)
			? ({ kind: 'status', status: 403 } as const)
			: undefined;
}
