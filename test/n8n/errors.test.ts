import type { INode } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { confirmed, sorted, writeRandomFile, type Stored } from './files';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import { append, chain, manualTrigger, oneCodex, readFiles, workflow, type Link } from './workflow';

jest.setTimeout(600_000);

const kib = 1024;

let service: OneCodexStandIn;
let host: SharedHost;
let good: Stored[];

/** Five items: a good one, one without a file, an empty file, one too large for S3, a good one. */
function mixedItems(...nodes: INode[]): Link[] {
	const start = manualTrigger();
	const items = append('Mixed', 5);
	const file = (input: number, name: string): Link[] => {
		const read = readFiles(name, `${host.filesFolder}/${name}`);
		return [
			{ from: start, to: read },
			{ from: read, to: items, input },
		];
	};
	return [
		...file(0, 'first.txt'),
		{ from: start, to: items, input: 1 },
		...file(2, 'empty.txt'),
		...file(3, 'large.txt'),
		...file(4, 'last.txt'),
		...nodes.map((to) => ({ from: items, to })),
	];
}

beforeAll(async () => {
	service = await startOneCodex({ maxFileSize: 64 * kib });
	host = await SharedHost.create();
	const write = async (name: string, size: number) =>
		await writeRandomFile(host.filesFolder, name, size);
	good = [await write('first.txt', kib), await write('last.txt', kib)];
	await write('empty.txt', 0);
	await write('large.txt', 65 * kib);
	host.importAccount(service);
	host.importWorkflows(
		workflow('stop', mixedItems(oneCodex('Upload', 'uploadDocument'))),
		workflow(
			'stop-later',
			chain(
				manualTrigger(),
				readFiles('Read', `${host.filesFolder}/{first,large}.txt`),
				oneCodex('Upload', 'uploadDocument', { options: { maxConcurrency: 1 } }),
			),
		),
		...(['regular', 'error'] as const).map((output) => {
			const onError = output === 'error' ? 'continueErrorOutput' : 'continueRegularOutput';
			const nodes = [
				oneCodex('Upload', 'uploadDocument', {}, { onError }),
				oneCodex('Init', 'initUpload', {}, { onError }),
			];
			return workflow(`continue-${output}`, mixedItems(...nodes));
		}),
	);
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

afterEach(() => service.reset());

/** What the items say that failed, in input order. */
const failures = [
	{
		item: 1,
		error: expect.stringMatching(
			/no file in "data"; a node before this one has to give it \[item 1\]$/,
		),
		details: { binaryPropertyName: 'data' },
	},
	{
		item: 2,
		error: expect.stringMatching(/is empty \[empty\.txt, item 2\]$/),
		details: { binaryPropertyName: 'data', filename: 'empty.txt' },
	},
	{
		item: 3,
		error: expect.stringMatching(/EntityTooLarge.*\[large\.txt, document [0-9a-f]{16}, item 3\]$/),
		details: {
			binaryPropertyName: 'data',
			filename: 'large.txt',
			document_id: expect.stringMatching(/^[0-9a-f]{16}$/),
			httpCode: 400,
		},
	},
];
const failedItems = failures.map(({ item, error, details }) => ({
	json: { error, details },
	pairedItem: { item },
}));
const succeeded = (filename: string, item: number) =>
	expect.objectContaining({
		json: expect.objectContaining({ filename, success: true }),
		pairedItem: { item },
	});

it('refuses the lot before any request when it stops on error', async () => {
	const { status, data } = await host.execute('stop');

	expect(status).toBe('error');
	expect(data.resultData.error?.message).toMatch(/item has no file in "data"/);
	expect(outputOf(data, 'Upload')).toEqual([]);
	expect(service.requests).toEqual([]);
});

it('names what was done before when it stops later', async () => {
	const { status, data } = await host.execute('stop-later');

	const [done, failed] = service.documents;
	expect(status).toBe('error');
	expect(data.resultData.error).toMatchObject({
		message: expect.stringContaining(`document ${failed.id}, item 1`),
		description: expect.stringContaining(`Done before it: first.txt (${done.id}).`),
	});
	expect(confirmed(service)).toEqual([good[0]]);
});

it('gives failed items in place when it continues', async () => {
	const { data } = await host.execute('continue-regular');

	assertSucceeded(data);
	expect(outputOf(data, 'Upload')).toEqual([
		succeeded('first.txt', 0),
		...failedItems,
		succeeded('last.txt', 4),
	]);
	// Init Upload knows no limit: the large file is taken there.
	const [none, empty] = failedItems;
	expect(outputOf(data, 'Init').map(({ json }) => json)).toEqual([
		expect.objectContaining({ filename: 'first.txt' }),
		none.json,
		empty.json,
		expect.objectContaining({ filename: 'large.txt' }),
		expect.objectContaining({ filename: 'last.txt' }),
	]);
	expect(confirmed(service)).toEqual(sorted(good));
});

it('gives failed items on the error output, with what came in', async () => {
	const { data } = await host.execute('continue-error');

	assertSucceeded(data);
	expect(outputOf(data, 'Upload')).toEqual([succeeded('first.txt', 0), succeeded('last.txt', 4)]);
	const input = outputOf(data, 'Mixed');
	const expected = failedItems.map(({ json, pairedItem }) => ({
		json: { ...input[pairedItem.item].json, ...json },
		pairedItem,
	}));
	expect(outputOf(data, 'Upload', 1)).toEqual(expected);
	expect(outputOf(data, 'Init', 1)).toEqual(expected.slice(0, 2));
	expect(outputOf(data, 'Init')).toHaveLength(3);
	expect(confirmed(service)).toEqual(sorted(good));
});
