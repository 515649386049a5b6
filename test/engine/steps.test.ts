import { createHash, randomBytes } from 'node:crypto';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const init: INodeParameters = { operation: 'initUpload' };
const upload: INodeParameters = { operation: 'uploadFile' };
const confirm: INodeParameters = { operation: 'confirmUpload' };

const oneFile = async (name = 'report.pdf', bytes = Buffer.from('%PDF-1.4')) =>
	[
		{ json: { kept: 1 }, binary: { data: await storedBinary(bytes, name) } },
	] as INodeExecutionData[];

describe('Init Upload, Upload File and Confirm Upload', () => {
	it('work in a row with every field at its default', async () => {
		const bytes = randomBytes(200_000);
		const result = await run({
			credentials: oneCodex,
			items: await oneFile('Ergebnis 1.pdf', bytes),
			steps: [init, upload, confirm],
		});
		expect(result.error).toBeUndefined();
		const [document] = oneCodex.documents;

		const [initiated] = result.outputs('One Codex 1')[0];
		expect(initiated.json).toEqual({
			document_id: document.id,
			upload_url: expect.stringMatching(/^http/),
			additional_fields: expect.objectContaining({
				success_action_status: 201,
				key: expect.stringContaining('${filename}'),
			}),
			filename: 'Ergebnis_1.pdf',
			size: bytes.length,
		});
		expect(initiated.binary?.data.fileName).toBe('Ergebnis 1.pdf');
		expect(initiated.pairedItem).toEqual({ item: 0 });

		const [sent] = result.outputs('One Codex 2')[0];
		expect(sent).toEqual({
			json: {
				document_id: document.id,
				filename: 'Ergebnis_1.pdf',
				size: bytes.length,
				bucket: expect.any(String),
				key: document.object?.key,
				location: expect.stringContaining('http'),
				etag: createHash('md5').update(bytes).digest('hex'),
			},
			pairedItem: { item: 0 },
		});

		expect(result.outputs()[0]).toEqual([
			{
				json: {
					document: { $ref: `/api/v1/documents/${document.id}` },
					message: expect.any(String),
					success: true,
					document_id: document.id,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(document).toMatchObject({ state: 'confirmed', confirmations: 1 });
		expect(document.object?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
	});

	it('work in a row in the combined binary mode', async () => {
		const _files = { data: await storedBinary(Buffer.from('combined'), 'c.txt') };
		const result = await run({
			credentials: oneCodex,
			items: [{ json: { _files } as never }],
			steps: [init, upload, confirm],
			settings: { binaryMode: 'combined' },
		});
		expect(result.error).toBeUndefined();
		expect(oneCodex.documents).toMatchObject([{ state: 'confirmed', filename: 'c.txt' }]);
	});

	it('keep the pace that One Codex allows, though n8n fires all items at once', async () => {
		const items = await Promise.all(
			Array.from({ length: 25 }, async (_, index) => ({
				json: {},
				binary: { data: await storedBinary(Buffer.from(`file ${index}`), `${index}.txt`) },
			})),
		);
		const result = await run({ credentials: oneCodex, items, steps: [init, upload, confirm] });
		expect(result.error).toBeUndefined();
		const paired = items.map((_, item) => ({ item }));
		for (const step of ['One Codex 1', 'One Codex 2', 'One Codex 3']) {
			expect(result.outputs(step)[0].map(({ pairedItem }) => pairedItem)).toEqual(paired);
		}
		expect(oneCodex.documents.filter(({ state }) => state === 'confirmed')).toHaveLength(25);
	}, 60_000);
});

describe('Init Upload', () => {
	it('takes a name and a size as given', async () => {
		const define = { ...init, source: 'define', fileName: 'später.fastq.gz', size: 31_337 };
		const result = await run({ credentials: oneCodex, items: [{ json: {} }], steps: [define] });
		expect(result.outputs()[0][0].json).toMatchObject({
			filename: 'spater.fastq.gz',
			size: 31_337,
		});
		expect(oneCodex.requests[0].body).toEqual({ filename: 'spater.fastq.gz', size: 31_337 });
	});

	it('gives out the name that it sent, though an expression would give another the next time', async () => {
		const fileName = '={{ Math.random() }}.txt';
		const define = { ...init, source: 'define', fileName, size: 5 };
		const result = await run({ credentials: oneCodex, items: [{ json: {} }], steps: [define] });
		const { filename } = result.outputs()[0][0].json;
		expect(filename).toMatch(/^0\.\d+\.txt$/);
		expect(oneCodex.requests[0].body).toEqual({ filename, size: 5 });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no name', { fileName: ' ', size: 5 }, /File Name is empty/],
		[
			'size 0',
			{ fileName: 'a.txt', size: 0 },
			/Size must be a whole number of bytes from 1 on.*a\.txt/,
		],
		['size 1.5', { fileName: 'a.txt', size: 1.5 }, /Size must be a whole number/],
		['size -1', { fileName: 'a.txt', size: -1 }, /Size must be a whole number/],
		['size with a unit', { fileName: 'a.txt', size: '={{ "5 B" }}' }, /Size must be .*, not "5 B"/],
		['no size', { fileName: 'a.txt', size: '={{ undefined }}' }, /Size must be .*, not undefined/],
		['sizes', { fileName: 'a.txt', size: '={{ [1, 2] }}' }, /Size must be .*, not a list of 2/],
		['names', { fileName: '={{ [1, 2] }}', size: 5 }, /File Name is a list of 2, not text/],
		['no name by expression', { fileName: '={{ undefined }}', size: 5 }, /File Name is undefined/],
		[
			'another source',
			{ fileName: 'a.txt', source: '={{ "file" }}' },
			/Source must be .*, not "file"/,
		],
	])('refuses %s before any request', async (_, parameters, message) => {
		const define = { ...init, source: 'define', ...parameters };
		const result = await run({ credentials: oneCodex, items: [{ json: {} }], steps: [define] });
		expect(result.error?.message).toMatch(message);
		expect(oneCodex.requests).toEqual([]);
	});

	it('refuses several files of one item, and names the missing field', async () => {
		const binary = {
			a: await storedBinary(Buffer.from('a'), 'a.txt'),
			b: await storedBinary(Buffer.from('b'), 'b.txt'),
		};
		const every = { ...init, binaryPropertyName: '*' };
		const several = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary }],
			steps: [every],
		});
		expect(several.error?.message).toMatch(/Init Upload takes one file of an item, not 2/);

		const missing = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary }],
			steps: [init],
			onError: 'continueRegularOutput',
		});
		expect(missing.outputs()[0]).toEqual([
			{
				json: {
					error: 'Input Binary Field: the item has no file in "data" [item 0]',
					details: { binaryPropertyName: 'data' },
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(oneCodex.requests).toEqual([]);
	});
});

describe('Upload File', () => {
	const upload_url = 'https://bucket.s3.amazonaws.com';
	const additional_fields = { key: 'k/${filename}', policy: 'cA==' };
	const document_id = '28459508592a481c';

	it.each<[string, Record<string, unknown>, RegExp]>([
		[
			'an upload URL by plain http',
			{ upload_url: 'http://example.com' },
			/Upload URL must start with https:\/\/, not http:/,
		],
		['no upload URL', { upload_url: undefined }, /Upload URL is not a URL/],
		['several', { upload_url: [upload_url, upload_url] }, /Upload URL is not a URL/],
		[
			'fields that are no JSON',
			{ additional_fields: '{"key"' },
			/Upload Fields: it is not valid JSON/,
		],
		[
			'fields that are a list',
			{ additional_fields: ['key'] },
			/Upload Fields: it must be a JSON object .*, not a list of 1/,
		],
		['no fields', { additional_fields: {} }, /Upload Fields: .*, not an empty one/],
		['a nested value', { additional_fields: { key: { a: 1 } } }, /the value of "key" must be/],
		[
			'a value that a form would change',
			{ additional_fields: { key: 'a\nb' } },
			/the value of "key" must be/,
		],
		['a field that would be the file', { additional_fields: { file: 'x' } }, /"file" is the part/],
		['more than S3 takes', { additional_fields: { key: 'x'.repeat(21_000) } }, /20 KB/],
		['a malformed ID', { document_id: 'XYZ' }, /Document ID is not an ID/],
	])('refuses %s before any request', async (_, json, message) => {
		const [file] = await oneFile();
		const items = [
			{ ...file, json: { upload_url, additional_fields, document_id, ...json } as never },
		];
		const result = await run({ credentials: oneCodex, items, steps: [upload] });
		expect(result.error?.name).toBe('NodeOperationError');
		expect(result.error?.message).toMatch(message);
		expect(oneCodex.requests).toEqual([]);
	});

	it('says what the storage said, with its code, and never what was signed', async () => {
		const expired = closedAfterTest(await startOneCodex({ policyLifetime: -60 }));
		const result = await run({
			credentials: expired,
			items: await oneFile(),
			steps: [init, upload],
			onError: 'continueRegularOutput',
		});
		const [{ json }] = result.outputs()[0];
		expect(json).toEqual({
			error: expect.stringMatching(
				/The permission to upload has expired \(AccessDenied.*report\.pdf, document [0-9a-f]{16}, item 0/,
			),
			details: {
				document_id: expired.documents[0].id,
				filename: 'report.pdf',
				binaryPropertyName: 'data',
				httpCode: 403,
			},
		});
		const { additional_fields: signed } = result.outputs('One Codex 1')[0][0].json;
		const { policy, signature } = signed as { policy: string; signature: string };
		expect(JSON.stringify(json)).not.toContain(policy);
		expect(JSON.stringify(json)).not.toContain(signature);
	});
});

describe('Confirm Upload', () => {
	it('fails when One Codex says success: false, though with status 200', async () => {
		const result = await run({
			credentials: oneCodex,
			items: await oneFile(),
			steps: [init, confirm],
			onError: 'continueErrorOutput',
		});
		const { id } = oneCodex.documents[0];
		expect(result.outputs()[0]).toEqual([]);
		// n8n's error output adds the JSON of the item that came in.
		expect(result.outputs()[1][0].json).toMatchObject({
			error: expect.stringMatching(new RegExp(`did not confirm.*document ${id}, item 0`)),
			details: { document_id: id, httpCode: 200 },
		});
	});

	it.each([
		'28459508592A481C',
		'28459508592a481',
		'={{ "" }}',
		'https://example.com/samples/28459508592a481c',
	])('refuses %j before any request', async (documentId) => {
		const steps = [{ ...confirm, documentId }];
		const result = await run({ credentials: oneCodex, items: [{ json: {} }], steps });
		expect(result.error?.message).toMatch(/Document ID is/);
		expect(oneCodex.requests).toEqual([]);
	});
});
