import { createHash, randomBytes } from 'node:crypto';

import type { IBinaryData, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { inlineBinary, run, storedBinary } from './engine';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 0 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const bytes = randomBytes(5_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');

/** Where files are in the JSON, n8n 1 has them so, too, if a node or a sub-workflow put them there. */
const settings = { binaryMode: 'combined' } as const;

const through = async (item: INodeExecutionData, steps: INodeParameters[]) =>
	await run({ credentials: oneCodex, items: [item], steps, settings });

const inSteps = (binaryPropertyName: string): INodeParameters[] => [
	{ operation: 'initUpload', binaryPropertyName },
	{ operation: 'uploadFile', binaryPropertyName },
	{ operation: 'confirmUpload' },
];

const jsonOf = (file: IBinaryData) =>
	({
		_files: { data: file, 'a.b': file, attachment_0: file },
		list: [{ name: 'x' }, { file }],
		single: file,
		'with.period': file,
		data: 'not the file',
		id: 'x',
	}) as never;

describe.each([
	'data',
	'a.b',
	'attachment_0',
	'_files.data',
	'_files["a.b"]',
	"_files['attachment_0']",
	'list[1].file',
	'list.1.file',
	'single',
	'with.period',
])('a file is found at %s', (path) => {
	it.each([
		['in one step', [{ operation: 'uploadDocument', binaryPropertyName: path }]],
		['in three steps', inSteps(path)],
	])('%s', async (_, steps) => {
		const file = await storedBinary(bytes, 'combined.bin');
		const result = await through({ json: jsonOf(file) }, steps);
		expect(result.error).toBeUndefined();
		expect(oneCodex.documents).toMatchObject([
			{ state: 'confirmed', filename: 'combined.bin', object: { sha256 } },
		]);
	});
});

it('all files are those in _files, and those that Edit Fields put beside it', async () => {
	const file = await storedBinary(bytes, 'combined.bin');
	const drive = { id: '1aBc', mimeType: 'application/pdf', name: 'of another service' };
	const json = { _files: { data: file, 'a.b': file }, single: file, drive, list: [file] } as never;
	const result = await through({ json }, [
		{ operation: 'uploadDocument', binaryPropertyName: '*' },
	]);
	expect(result.error).toBeUndefined();
	expect(oneCodex.documents).toHaveLength(3);
	const missing = await through({ json }, [
		{ operation: 'uploadDocument', binaryPropertyName: 'other' },
	]);
	expect(missing.error?.description).toBe(
		'The item has files in: _files.data, _files["a.b"], single. Use one of these, or * for all.',
	);
});

it('what a Code node made is a file in either mode, with lines in its base64', async () => {
	const data = inlineBinary(bytes).data.replace(/.{76}/g, '$&\r\n');
	const made = { data, mimeType: 'application/pdf', fileName: 'Bericht März.pdf' };
	for (const binaryMode of ['separate', 'combined'] as const) {
		oneCodex.reset();
		const result = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary: { data: made } }],
			steps: [{ operation: 'uploadDocument' }],
			settings: { binaryMode },
		});
		expect(result.outputs()[0][0].json).toMatchObject({
			filename: 'Bericht_Marz.pdf',
			size: 5_000,
		});
		expect(oneCodex.documents).toMatchObject([{ object: { sha256 } }]);
	}
});

it('the name of a store in place of the bytes is refused in either mode', async () => {
	const data = { data: 'filesystem-v2', mimeType: 'application/pdf', fileName: 'a.pdf' };
	for (const binaryMode of ['separate', 'combined'] as const) {
		const result = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary: { data } }],
			steps: [{ operation: 'uploadDocument' }],
			settings: { binaryMode },
		});
		expect(result.error?.message).toMatch(/has the name of n8n's store .*in place of its bytes/);
	}
	expect(oneCodex.requests).toEqual([]);
});
