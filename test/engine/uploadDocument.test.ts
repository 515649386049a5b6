import { createHash, randomBytes } from 'node:crypto';

import type { INodeExecutionData } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { inlineBinary, run, storedBinary } from './engine';
import { answer, startFront } from './front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');
const steps = [{ operation: 'uploadDocument' }];
const every = [{ operation: 'uploadDocument', binaryPropertyName: '*' }];

/** What the stand-in holds, by name. */
const stored = () =>
	Object.fromEntries(
		oneCodex.documents
			.filter(({ state }) => state === 'confirmed')
			.map(({ filename, object }) => [filename, object?.sha256]),
	);

describe('the files of an item', () => {
	it('go into One Codex, and the output says all that is known of them', async () => {
		const bytes = randomBytes(100_000);
		const items = [{ json: {}, binary: { data: await storedBinary(bytes, 'report.pdf') } }];
		const result = await run({ credentials: oneCodex, items, steps });
		expect(result.error).toBeUndefined();

		const [document] = oneCodex.documents;
		expect(result.outputs()).toEqual([
			[
				{
					json: {
						document_id: document.id,
						document: { $ref: `/api/v1/documents/${document.id}` },
						filename: 'report.pdf',
						original_filename: 'report.pdf',
						size: bytes.length,
						etag: md5(bytes),
						success: true,
						message: expect.any(String),
					},
					pairedItem: { item: 0 },
				},
			],
		]);
		expect(document).toMatchObject({ state: 'confirmed', confirmations: 1 });
		expect(stored()).toEqual({ 'report.pdf': sha256(bytes) });
	});

	it.each([
		['all of them, by *', '*', ['attachment_0', 'attachment_1', 'attachment_2']],
		['some, by name', 'attachment_2, attachment_0', ['attachment_2', 'attachment_0']],
		['one whose name holds a comma', 'Report, final', ['Report, final']],
		['an object, by expression', '={{ $binary.attachment_1 }}', ['attachment_1']],
		[
			'a list, by expression',
			'={{ Object.values($binary).slice(0, 2) }}',
			['attachment_0', 'attachment_1'],
		],
	])('%s', async (_, binaryPropertyName, expected) => {
		const names = ['attachment_0', 'attachment_1', 'attachment_2', 'Report, final'];
		const contents = new Map(names.map((name) => [name, randomBytes(2_000)]));
		const binary = Object.fromEntries(
			await Promise.all(
				names
					.filter((name) => binaryPropertyName !== '*' || name !== 'Report, final')
					.map(async (name) => [
						name,
						await storedBinary(contents.get(name)!, `${name.replace(/\W+/g, '_')}.bin`),
					]),
			),
		);
		const result = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary }],
			steps: [{ operation: 'uploadDocument', binaryPropertyName }],
		});
		expect(result.error).toBeUndefined();
		expect(result.outputs()[0].map(({ json }) => json.filename)).toEqual(
			expected.map((name) => `${name.replace(/\W+/g, '_')}.bin`),
		);
		expect(Object.values(stored()).sort()).toEqual(
			expected.map((name) => sha256(contents.get(name)!)).sort(),
		);
	});

	it('keep the order of the input, each paired with its item', async () => {
		const sizes = [900_000, 1, 300_000, 20, 64 * 1024];
		const items = await Promise.all(
			sizes.map(async (size, index) => ({
				json: {},
				binary: { data: await storedBinary(randomBytes(size), `${index}.bin`) },
			})),
		);
		const result = await run({ credentials: oneCodex, items, steps });
		expect(result.outputs()[0].map(({ json, pairedItem }) => [json.filename, pairedItem])).toEqual(
			sizes.map((_, index) => [`${index}.bin`, { item: index }]),
		);
	});

	it('go one after another with Max Concurrency 1', async () => {
		const items = await Promise.all(
			[1, 2, 3].map(async (size) => ({
				json: {},
				binary: { data: await storedBinary(randomBytes(size), `${size}.bin`) },
			})),
		);
		const one = [{ operation: 'uploadDocument', options: { maxConcurrency: 1 } }];
		await run({ credentials: oneCodex, items, steps: one });
		const perFile = ['/api/v1/documents/init_upload', '/', '/api/v1/documents/confirm_upload'];
		expect(oneCodex.requests.map(({ path }) => path)).toEqual([...perFile, ...perFile, ...perFile]);
	});

	it('come from the item itself in the in-memory mode of n8n 1', async () => {
		const bytes = randomBytes(3_000_001);
		const items = [{ json: {}, binary: { data: inlineBinary(bytes, 'inline.bin') } }];
		const result = await run({ credentials: oneCodex, items, steps });
		expect(result.error).toBeUndefined();
		expect(stored()).toEqual({ 'inline.bin': sha256(bytes) });
	});

	it.each([
		['a name', 'data'],
		['a path', '_files.data'],
		['all of them', '*'],
		['an object', '={{ $json._files.data }}'],
	])('come from the JSON in the combined binary mode, by %s', async (_, binaryPropertyName) => {
		const bytes = randomBytes(5_000);
		const _files = { data: await storedBinary(bytes, 'combined.bin') };
		const result = await run({
			credentials: oneCodex,
			items: [{ json: { _files } as never }],
			steps: [{ operation: 'uploadDocument', binaryPropertyName }],
			settings: { binaryMode: 'combined' },
		});
		expect(result.error).toBeUndefined();
		expect(stored()).toEqual({ 'combined.bin': sha256(bytes) });
	});
});

describe('names', () => {
	it('that One Codex does not take are changed, and the run says so', async () => {
		const binary = {
			a: await storedBinary(Buffer.from('a'), 'Bericht März <b>.pdf'),
			b: await storedBinary(Buffer.from('b'), '报告.xlsx'),
			c: await storedBinary(Buffer.from('c'), 'plain.csv'),
		};
		const result = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary }],
			steps: every,
		});
		expect(result.outputs()[0].map(({ json }) => [json.original_filename, json.filename])).toEqual([
			['Bericht März <b>.pdf', 'Bericht_Marz_b.pdf'],
			['报告.xlsx', 'document.xlsx'],
			['plain.csv', 'plain.csv'],
		]);
		expect(oneCodex.documents.map(({ object }) => object?.key.split('/').at(-1))).toEqual(
			expect.arrayContaining(['Bericht_Marz_b.pdf', 'document.xlsx', 'plain.csv']),
		);
		expect(result.hints()).toEqual([expect.stringMatching(/Bericht März &#60;b&#62;.*document/)]);
	});

	it('are not spoken of when none was changed', async () => {
		const items = [{ json: {}, binary: { data: await storedBinary(Buffer.from('a'), 'a.csv') } }];
		expect((await run({ credentials: oneCodex, items, steps })).hints()).toEqual([]);
	});

	it('come from File Name where it is given, for one file', async () => {
		const data = await storedBinary(Buffer.from('a'), 'a.csv');
		const named = [{ operation: 'uploadDocument', options: { fileName: 'Q3 results.csv' } }];
		const result = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary: { data } }],
			steps: named,
		});
		expect(result.outputs()[0][0].json).toMatchObject({
			filename: 'Q3_results.csv',
			original_filename: 'a.csv',
		});

		const two = [{ ...named[0], binaryPropertyName: '*' }];
		const items = [{ json: {}, binary: { a: data, b: data } }];
		const refused = await run({ credentials: oneCodex, items, steps: two });
		expect(refused.error?.message).toMatch(/File Name is for one file, but 2 are named/);
	});
});

describe('a file that cannot be uploaded', () => {
	/** Item 0 good, 1 without the field, 2 one good and one empty file, 3 without any file. */
	const mixed = async (): Promise<INodeExecutionData[]> => [
		{ json: {}, binary: { data: await storedBinary(Buffer.from('good 0'), 'good0.txt') } },
		{ json: {}, binary: { other: await storedBinary(Buffer.from('x'), 'x.txt') } },
		{
			json: {},
			binary: {
				data: await storedBinary(Buffer.from('good 2'), 'good2.txt'),
				empty: await storedBinary(Buffer.alloc(0), 'empty.txt'),
			},
		},
		{ json: {} },
	];
	const both = [
		{
			operation: 'uploadDocument',
			binaryPropertyName: '={{ $itemIndex === 2 ? "data,empty" : "data" }}',
		},
	];

	it('stops the run before any request leaves, and says what the item has', async () => {
		// One at a time, so that the good file before it would have gone if the bad one were found late.
		const one = [{ ...both[0], options: { maxConcurrency: 1 } }];
		const result = await run({ credentials: oneCodex, items: await mixed(), steps: one });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({
			name: 'NodeOperationError',
			message: 'Input Binary Field: the item has no file in "data" [item 1]',
			description: 'The item has files in: other. Use one of these, or * for all.',
			context: { itemIndex: 1 },
		});
		expect(oneCodex.requests).toEqual([]);
	});

	it.each([
		[' , ', 'is empty'],
		['={{ "" }}', 'is empty'],
		['={{ undefined }}', 'is undefined, not the name of a field'],
		['={{ [] }}', 'is an empty list, not the name of a field'],
		['={{ true }}', 'is true, not the name of a field'],
		['={{ 5 }}', ': the item has no file in "5"; a node before this one has to give it'],
		['={{ {} }}', ': the file has nothing in place of its bytes'],
		['*', 'is *, but the item has no file'],
	])('says so where Input Binary Field is %j', async (binaryPropertyName, message) => {
		const result = await run({
			credentials: oneCodex,
			items: [{ json: {} }],
			steps: [{ operation: 'uploadDocument', binaryPropertyName }],
		});
		expect(result.error?.message).toBe(
			`Input Binary Field${message.startsWith(':') ? '' : ' '}${message} [item 0]`,
		);
		expect(result.error?.description).toMatch(/The item has no files|A file is an object/);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'costs no other file anything with %s',
		async (onError) => {
			const result = await run({
				credentials: oneCodex,
				items: await mixed(),
				steps: both,
				onError,
			});
			expect(result.error).toBeUndefined();
			expect(Object.keys(stored()).sort()).toEqual(['good0.txt', 'good2.txt']);

			const failures = [
				[1, { binaryPropertyName: 'data' }],
				[2, { binaryPropertyName: 'empty', filename: 'empty.txt' }],
				[3, { binaryPropertyName: 'data' }],
			];
			const [regular, errors] = result.outputs();
			const all = [...regular, ...(errors ?? [])];
			expect(
				all
					.filter(({ json }) => json.error)
					.map(({ json, pairedItem }) => [(pairedItem as { item: number }).item, json.details]),
			).toEqual(failures);
			expect(all.filter(({ json }) => json.success)).toHaveLength(2);
			if (onError === 'continueErrorOutput') {
				expect(regular.map(({ json }) => json.filename)).toEqual(['good0.txt', 'good2.txt']);
				expect(errors).toHaveLength(3);
			} else {
				expect(all.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([
					0, 1, 2, 2, 3,
				]);
			}
		},
	);

	it('at the storage keeps its document ID, and stop says what was done before', async () => {
		const limited = closedAfterTest(await startOneCodex({ maxFileSize: 1_000 }));
		const items = [
			{ json: {}, binary: { data: await storedBinary(randomBytes(10), 'small.bin') } },
			{ json: {}, binary: { data: await storedBinary(randomBytes(2_000), 'large.bin') } },
		];
		const one = [{ operation: 'uploadDocument', options: { maxConcurrency: 1 } }];
		const stopped = await run({ credentials: limited, items, steps: one });
		expect(stopped.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '400',
			message: expect.stringMatching(
				/larger .*EntityTooLarge.*large\.bin, document [0-9a-f]{16}, item 1/,
			),
			description: expect.stringMatching(/Done before it: small\.bin \([0-9a-f]{16}\)/),
		});

		const going = await run({
			credentials: limited,
			items,
			steps: one,
			onError: 'continueErrorOutput',
		});
		expect(going.outputs()[1][0].json).toEqual({
			error: expect.stringContaining('EntityTooLarge'),
			details: {
				document_id: expect.stringMatching(/^[0-9a-f]{16}$/),
				filename: 'large.bin',
				binaryPropertyName: 'data',
				httpCode: 400,
			},
		});
	});

	it('at the confirmation names its document, whatever the setting', async () => {
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (incoming, response) =>
				incoming.url?.endsWith('/confirm_upload')
					? answer(response, 200, {
							document: { $ref: '/api/v1/documents/0123456789abcdef' },
							message: 'The file is not there',
							success: false,
						})
					: false,
			),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const items = [{ json: {}, binary: { data: await storedBinary(Buffer.from('a'), 'a.txt') } }];
		const stopped = await run({ credentials, items, steps });
		expect(stopped.error?.message).toContain(`document ${oneCodex.documents[0].id}`);
		expect(stopped.error?.message).toContain('The file is not there');

		const going = await run({ credentials, items, steps, onError: 'continueRegularOutput' });
		const { id } = oneCodex.documents[1];
		expect(going.outputs()[0][0]).toEqual({
			json: {
				error: expect.stringContaining(`document ${id}`),
				details: { document_id: id, filename: 'a.txt', binaryPropertyName: 'data', httpCode: 200 },
			},
			binary: items[0].binary,
			pairedItem: { item: 0 },
		});
	});
});
