import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { isInit, isUpload, startOneCodex, type OneCodexStandIn } from '../onecodex';
import { run, storedBinary } from './engine';

let oneCodex: OneCodexStandIn;
/** Whether One Codex and the storage refuse everything. */
let isRefusing = true;
beforeAll(async () => {
	oneCodex = await startOneCodex({
		requestsPerSecond: 1_000,
		faults: (request) => {
			if (!isRefusing) return undefined;
			if (isInit(request)) return { kind: 'status', status: 403 };
			return isUpload(request) ? { kind: 's3', code: 'PolicyExpired' } : undefined;
		},
	});
});
beforeEach(() => {
	oneCodex.reset();
	isRefusing = true;
});
afterAll(async () => await oneCodex.close());

const file = async (name = 'a.txt') => await storedBinary(Buffer.from(name), name);
const sendParameters: INodeParameters = {
	operation: 'uploadFile',
	uploadFields: '{"key": "k"}',
	documentId: '0123456789abcdef',
};
const operations: Array<[string, () => INodeParameters]> = [
	['Upload Document', () => ({ operation: 'uploadDocument' })],
	['Init Upload', () => ({ operation: 'initUpload' })],
	['Upload File', () => ({ ...sendParameters, uploadUrl: oneCodex.storageUrl })],
];
const settings: Array<[INode['onError'], number]> = [
	['continueRegularOutput', 0],
	['continueErrorOutput', 1],
];

/** The items of what failed, wherever they go. */
async function failedItems(
	items: INodeExecutionData[],
	step: INodeParameters,
	onError: INode['onError'] = 'continueRegularOutput',
) {
	const result = await run({ credentials: oneCodex, items, steps: [step], onError });
	expect(result.error).toBeUndefined();
	return result.outputs()[onError === 'continueErrorOutput' ? 1 : 0];
}

describe.each(operations)('%s', (_, step) => {
	it.each(settings)('keeps the file that failed, with On Error = %s', async (onError) => {
		const binary = { report: await file(), other: await file('other.txt') };
		const binaryPropertyName = 'report';
		const items = [{ json: {}, binary }];
		const [failed] = await failedItems(items, { ...step(), binaryPropertyName }, onError);

		expect(failed.binary).toEqual({ report: binary.report });
		expect(failed.json).toMatchObject({
			error: expect.stringContaining('a.txt'),
			details: { filename: 'a.txt', binaryPropertyName },
		});
		expect(failed.pairedItem).toEqual({ item: 0 });
	});

	it.each(settings)('keeps one that is bad input, with On Error = %s', async (onError) => {
		const binary = { data: await storedBinary(Buffer.alloc(0), 'empty.txt') };
		const [failed] = await failedItems([{ json: {}, binary }], step(), onError);
		expect(failed.json.error).toMatch(/is empty/);
		expect(failed.binary).toEqual(binary);
	});

	it('keeps nothing where there is no file', async () => {
		const [failed] = await failedItems([{ json: {} }], step());
		expect(failed.json.error).toMatch(/has no file in "data"/);
		expect(failed).not.toHaveProperty('binary');
	});

	it.each([
		['an object in the JSON, under its name', '={{ $json.file }}', 'file'],
		['a path in the JSON, under its last name', 'files.report', 'report'],
		['one of combined binary mode, under its name', '_files.report', 'report'],
		['one of combined binary mode that is named shortly', 'report', 'report'],
	])('keeps %s', async (__, binaryPropertyName, field) => {
		const data = await file();
		const json = JSON.parse(
			JSON.stringify({ file: data, files: { report: data }, _files: { report: data } }),
		) as INodeExecutionData['json'];
		if (field === 'file') delete json._files;
		const [failed] = await failedItems([{ json }], { ...step(), binaryPropertyName });
		expect(failed.binary).toEqual({ [field]: data });
	});

	it.each([
		['as text', '"YS50eHQ="'],
		['as a list, of which n8n wants text', '[97, 46, 116, 120, 116]'],
	])('keeps an object that no field has under data: %s', async (__, bytes) => {
		const object = `{ mimeType: 'text/plain', fileName: 'a.txt', data: ${bytes} }`;
		const parameters = { ...step(), binaryPropertyName: `={{ (${object}) }}` };
		const [failed] = await failedItems([{ json: {} }], parameters);
		expect(failed.binary).toEqual({
			data: { mimeType: 'text/plain', fileName: 'a.txt', data: 'YS50eHQ=' },
		});
	});

	it('can be tried again with what it kept', async () => {
		const [failed] = await failedItems([{ json: {}, binary: { data: await file() } }], step());
		isRefusing = false;
		const again = await run({
			credentials: oneCodex,
			items: [failed],
			steps: [{ operation: 'uploadDocument' }],
		});
		expect(again.outputs()[0][0].json).toMatchObject({ filename: 'a.txt', success: true });
	});
});

it('of several files on one item, each keeps its own', async () => {
	const binary = { a: await file('a.txt'), b: await storedBinary(Buffer.alloc(0), 'b.txt') };
	isRefusing = false;
	const step = { operation: 'uploadDocument', binaryPropertyName: '*' };
	const [a, b] = await failedItems([{ json: {}, binary }], step);
	expect([a.json.success, a.binary]).toEqual([true, undefined]);
	expect(b.binary).toEqual({ b: binary.b });

	isRefusing = true;
	const options = { idleTimeout: -1 };
	const failed = await failedItems([{ json: {}, binary }], { ...step, options });
	expect(failed.map((item) => item.binary)).toEqual([{ a: binary.a }, { b: binary.b }]);
});

it('an item of combined binary mode keeps none of the other files', async () => {
	isRefusing = false;
	const json = JSON.parse(
		JSON.stringify({ _files: { a: await file('a.txt'), b: { mimeType: 'text/plain', data: '' } } }),
	) as INodeExecutionData['json'];
	const step = { operation: 'uploadDocument', binaryPropertyName: '*' };
	const result = await run({
		credentials: oneCodex,
		items: [{ json }],
		steps: [step],
		onError: 'continueErrorOutput',
		settings: { binaryMode: 'combined' },
	});
	const [good, failed] = result.outputs();
	expect(good).toHaveLength(1);
	expect(failed).toMatchObject([{ json: { details: { binaryPropertyName: '_files.b' } } }]);
	expect(failed[0].json._files).toEqual({});
});

it('keeps all files of an item for an operation that takes one', async () => {
	const binary = { a: await file('a.txt'), b: await file('b.txt') };
	const step = { operation: 'initUpload', binaryPropertyName: 'a, b' };
	const [failed] = await failedItems([{ json: {}, binary }], step);
	expect(failed.json.error).toMatch(/takes one file of an item, not 2/);
	expect(failed.binary).toEqual(binary);
});
