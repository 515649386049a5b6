import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';

import { Container } from '@n8n/di';
import fc from 'fast-check';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { inlineBinary, run, storedBinary } from './engine';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 0 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const meta = { mimeType: 'application/pdf', fileName: 'report.pdf' };
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 7) % 256));
const base64 = bytes.toString('base64');
const lines = base64.replace(/.{76}/g, '$&\r\n');

/** An item with this as its file, be it one or not. */
const itemWith = (file: unknown): INodeExecutionData => ({
	json: {},
	binary: { data: file as IBinaryData },
});

const upload = async (items: INodeExecutionData[], operation = 'uploadDocument') =>
	await run({
		credentials: oneCodex,
		items,
		steps: [{ operation, binaryPropertyName: 'data' }],
		onError: 'continueRegularOutput',
	});

const sha256 = (of: Buffer) => createHash('sha256').update(of).digest('hex');
const sent = () => oneCodex.documents.map(({ object }) => object?.sha256);

/** What n8n's own node writes of a file in the item itself. */
const written = (data: unknown) => Buffer.from(data as string, 'base64');

describe('a file that somebody made', () => {
	it.each<[string, unknown]>([
		['base64', base64],
		['base64 in lines of 76', lines],
		['base64 in indented lines', base64.replace(/.{64}/g, '\n    $&')],
		['base64 with a new line at its end', `${base64}\n`],
		['base64 with spaces around it', `  ${base64} \t`],
		['base64 without its padding', base64.replace(/=+$/, '')],
		['base64 of the alphabet for addresses', bytes.toString('base64url')],
		['a Buffer', bytes],
		['a Uint8Array', new Uint8Array(bytes)],
		['a Buffer that was JSON', JSON.parse(JSON.stringify(bytes))],
		['its bytes in a list', [...bytes]],
	])('is taken as %s', async (_, data) => {
		expect(written(data)).toEqual(bytes);
		const result = await upload([itemWith({ data, ...meta })]);
		expect(result.outputs()[0][0].json).toMatchObject({ success: true, size: 1000 });
		expect(sent()).toEqual([sha256(bytes)]);
	});

	it('is what n8n decodes, with white space anywhere', async () => {
		const cases = fc.sample(
			fc.tuple(
				fc.uint8Array({ minLength: 20, maxLength: 90 }),
				fc.array(fc.tuple(fc.nat(120), fc.constantFrom(' ', '\n', '\r\n', '\t')), { maxLength: 9 }),
				fc.constantFrom<BufferEncoding>('base64', 'base64url'),
			),
			{ seed: 20_261_126, numRuns: 25 },
		);
		const texts = cases.map(([each, spaces, alphabet]) =>
			spaces.reduce(
				(text, [at, space]) => text.slice(0, at) + space + text.slice(at),
				Buffer.from(each).toString(alphabet),
			),
		);
		const result = await upload(texts.map((data) => itemWith({ data, ...meta })));
		const arrived = result
			.outputs()[0]
			.map(({ json }) => oneCodex.document(String(json.document_id)).object?.sha256);
		expect(arrived).toEqual(texts.map((text) => sha256(written(text))));
	});

	it.each<[string, object, string]>([
		['type', { fileName: 'report.pdf' }, 'report.pdf'],
		['name', { mimeType: 'application/pdf' }, 'document.pdf'],
		['name and type', { fileExtension: 'fq' }, 'document.fq'],
		['anything but its bytes', {}, 'document'],
	])('is a file without its %s', async (_, facts, filename) => {
		const stored = await storedBinary(bytes);
		for (const file of [{ data: base64 }, { id: stored.id }]) {
			const result = await upload([itemWith({ ...file, ...facts })]);
			expect(result.outputs()[0][0].json).toMatchObject({ filename, size: 1000 });
		}
	});

	it('counts by its bytes, whatever its other fields say', async () => {
		const facts = { fileSize: '12 kB', bytes: 12, fileType: 5, directory: '/tmp' };
		const result = await upload([itemWith({ data: base64, ...facts, ...meta })]);
		expect(result.outputs()[0][0].json).toMatchObject({ filename: 'report.pdf', size: 1000 });
	});

	it('is given by expression without its type', async () => {
		const result = await run({
			credentials: oneCodex,
			items: [{ json: { file: { data: base64, fileName: 'a.bin' } } }],
			steps: [{ operation: 'uploadDocument', binaryPropertyName: '={{ $json.file }}' }],
		});
		expect(result.outputs()[0][0].json).toMatchObject({ filename: 'a.bin', size: 1000 });
	});

	it('is of another item, whose ID was copied', async () => {
		const { id } = await storedBinary(bytes, 'first.pdf');
		const result = await upload([itemWith({ id, data: 'filesystem-v2', ...meta })]);
		expect(result.outputs()[0][0].json).toMatchObject({ filename: 'report.pdf', size: 1000 });
	});

	it('is a file though n8n has no record of it, for its own nodes do not ask for one', async () => {
		const file = await storedBinary(bytes, 'report.pdf');
		rmSync(`${Container.get(BinaryDataService).getPath(file.id!)}.metadata`);
		const result = await upload([itemWith(file)]);
		expect(result.outputs()[0][0].json).toMatchObject({ success: true, size: 1000 });
		expect(sent()).toEqual([sha256(bytes)]);
	});
});

describe('of two files in the item itself', () => {
	const text = (data: string, fileName: string): IBinaryData => ({
		...inlineBinary(Buffer.from(data), fileName),
		mimeType: 'text/plain',
	});
	const named = async (
		binaryPropertyName: string,
		secondName = 'b.txt',
		binaryMode: 'separate' | 'combined' = 'separate',
	) => {
		const binary = {
			attachment_0: text('first', 'a.txt'),
			attachment_1: text('other', secondName),
		};
		return await run({
			credentials: oneCodex,
			items: [{ json: {}, binary }],
			steps: [{ operation: 'uploadDocument', binaryPropertyName }],
			settings: { binaryMode },
		});
	};
	const arrived = (...texts: string[]) =>
		expect(sent().sort()).toEqual(texts.map((each) => sha256(Buffer.from(each))).sort());

	it("one is named by n8n's $binary, which leaves out its bytes", async () => {
		expect((await named('={{ $binary.attachment_1 }}')).error).toBeUndefined();
		arrived('other');
	});

	it.each(['={{ Object.values($binary) }}', '={{ [$binary.attachment_1, "*"] }}'])(
		'both are named by %s',
		async (parameter) => {
			expect((await named(parameter)).error).toBeUndefined();
			arrived('first', 'other');
		},
	);

	it('that $binary tells nothing apart by, the error has the names', async () => {
		const { error } = await named('={{ $binary.attachment_1 }}', 'a.txt');
		expect(error?.message).toMatch(/the file has nothing in place of its bytes/);
		expect(error?.description).toMatch(/attachment_0, attachment_1\. Use one of these/);
		expect(oneCodex.requests).toEqual([]);
	});

	it.each(['separate', 'combined'] as const)('each is sent once (%s)', async (binaryMode) => {
		await named('attachment_1, attachment_1', 'b.txt', binaryMode);
		arrived('other');
		oneCodex.reset();
		await named('attachment_1, *', 'b.txt', binaryMode);
		arrived('first', 'other');
	});
});

const operations = ['uploadDocument', 'initUpload'];
const FIELD = 'Input Binary Field: "data"';
const NO_BYTES = 'in place of its bytes [report.pdf, item 1]';

describe('what is no file is refused before any request, and told as what it is', () => {
	it.each<[unknown, string]>([
		[base64, `${FIELD} is text, not a file [item 1]`],
		['hello', `${FIELD} is text, not a file [item 1]`],
		[5, `${FIELD} is the number 5, not a file [item 1]`],
		[null, `${FIELD} is null, not a file [item 1]`],
		[[1, 2, 3], `${FIELD} is a list of 3, not a file [item 1]`],
		[{ ...meta }, `${FIELD} has nothing ${NO_BYTES}`],
		[{ ...meta, data: null }, `${FIELD} has null ${NO_BYTES}`],
		[{ ...meta, data: 5 }, `${FIELD} has the number 5 ${NO_BYTES}`],
		[{ ...meta, data: true }, `${FIELD} has true ${NO_BYTES}`],
		[{ ...meta, data: {} }, `${FIELD} has an object ${NO_BYTES}`],
		[{ ...meta, data: ['a', 'b', 'c'] }, `${FIELD} has a list of 3 ${NO_BYTES}`],
		[{ ...meta, data: 'not base64!' }, `${FIELD} has text that is not base64 ${NO_BYTES}`],
		[{ ...meta, data: 'not a file' }, `${FIELD} has text that is not base64 ${NO_BYTES}`],
		[{ ...meta, data: 'Hello' }, `${FIELD} has text that is not base64 ${NO_BYTES}`],
		[{ ...meta, data: '{"a":1}' }, `${FIELD} has text that is not base64 ${NO_BYTES}`],
		[{ ...meta, data: 'Proben aus dem März' }, `${FIELD} has text that is not base64 ${NO_BYTES}`],
		[{ ...meta, data: 'eA==eA==' }, `${FIELD} has text that is not base64 ${NO_BYTES}`],
		[
			{ ...meta, data: `data:application/pdf;base64,${base64}` },
			`${FIELD} has a data URL ${NO_BYTES}`,
		],
		...[
			'filesystem-v2',
			'filesystem',
			'database',
			's3',
			'azure',
			'default',
			' filesystem-v2\n',
		].map((data): [unknown, string] => [
			{ ...meta, data },
			`${FIELD} has the name of n8n's store (${data.trim()}) ${NO_BYTES}`,
		]),
		[
			{ ...meta, data: base64, id: 5 },
			`${FIELD} has the number 5 in place of its ID [report.pdf, item 1]`,
		],
		...['filesystem-v2', 's3:'].map((id): [unknown, string] => [
			{ ...meta, data: base64, id },
			`${FIELD} has the name of n8n's store (${id.replace(':', '')}) in place of its ID [report.pdf, item 1]`,
		]),
		[{ ...meta, data: { type: 'Buffer', data: [] } }, 'The file is empty [report.pdf, item 1]'],
		[{ ...meta, data: { type: 'Buffer', data: ['a'] } }, `${FIELD} has an object ${NO_BYTES}`],
		[{ ...meta, data: '' }, 'The file is empty [report.pdf, item 1]'],
		[{ ...meta, data: '\n' }, 'The file is empty [report.pdf, item 1]'],
	])('%j', async (file, message) => {
		const good = { json: {}, binary: { data: await storedBinary(bytes, 'good.pdf') } };
		for (const operation of operations) {
			oneCodex.reset();
			const result = await upload([good, itemWith(file)], operation);
			const [first, second] = result.outputs()[0];
			expect(first.json.document_id).toBeDefined();
			expect(second.json).toMatchObject({
				error: message,
				details: { binaryPropertyName: 'data' },
			});
			expect(oneCodex.documents).toHaveLength(1);
			const stopped = await run({
				credentials: oneCodex,
				items: [itemWith(file)],
				steps: [{ operation }],
			});
			expect(stopped.error?.description).toMatch(/\w/);
			expect(oneCodex.documents).toHaveLength(1);
		}
	});

	const gone = 'workflows/abc/executions/12/binary_data/5c2fba2e-0000-4000-8000-000000000000';
	it.each([
		['that n8n removed', `filesystem-v2:${gone}`, 'File not found'],
		['of a store that this n8n does not have', `s3:${gone}`, '.*s3'],
		['of no store', 'report', '.*report'],
	])('a file %s', async (_, id, said) => {
		for (const operation of operations) {
			const result = await upload([itemWith({ id, data: 'filesystem-v2', ...meta })], operation);
			const [{ json }] = result.outputs()[0];
			expect(json.error).toMatch(
				new RegExp(`^n8n could not read the file: ${said} \\[report\\.pdf, item 0\\]$`),
			);
			expect(json.error).not.toMatch(/onecodex-engine/);
			expect(json.details).toEqual({ binaryPropertyName: 'data', filename: 'report.pdf' });
			const items = [itemWith({ id, ...meta })];
			const stopped = await run({ credentials: oneCodex, items, steps: [{ operation }] });
			expect(stopped.error?.description).toMatch(/Run the step before this one again/);
		}
		expect(oneCodex.requests).toEqual([]);
	});

	it('a file that is gone though n8n still has the record of it', async () => {
		const file = await storedBinary(bytes, 'report.pdf');
		rmSync(Container.get(BinaryDataService).getPath(file.id!));
		const result = await upload([itemWith(file)]);
		expect(result.outputs()[0][0].json.error).toMatch(
			/^n8n could not read the file: File not found/,
		);
		expect(oneCodex.requests).toEqual([]);
	});

	it('the name of a store that n8n itself took for base64 in the combined binary mode', async () => {
		const data = await storedBinary(written('filesystem-v2'), 'report.pdf');
		const result = await upload([itemWith(data)]);
		expect(result.outputs()[0][0].json.error).toBe(
			`${FIELD} has the name of n8n's store in place of its bytes [report.pdf, item 0]`,
		);
		expect(oneCodex.requests).toEqual([]);
		const others = await upload([itemWith(await storedBinary(randomBytes(9), 'nine.bin'))]);
		expect(others.outputs()[0][0].json).toMatchObject({ success: true, size: 9 });
	});
});

it('a field is found with the spaces that its name has', async () => {
	const file = await storedBinary(bytes, 'report.pdf');
	const binary = { ' my file ': file, '0': file };
	for (const binaryPropertyName of [' my file ', '={{ 0 }}']) {
		const steps = [{ operation: 'uploadDocument', binaryPropertyName }];
		const result = await run({ credentials: oneCodex, items: [{ json: {}, binary }], steps });
		expect(result.outputs()[0][0].json).toMatchObject({ success: true });
	}
});
