import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn, type StandInDocument } from '../onecodex';
import { inlineBinary, run, storedBinary } from './engine';

let oneCodex: OneCodexStandIn;
let document: StandInDocument;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 0 });
});
beforeEach(() => {
	oneCodex.reset();
	document = oneCodex.seed({ filename: 'a.pdf', bytes: Buffer.from('bytes') });
});
afterAll(async () => await oneCodex.close());

/** Runs one operation; what expressions give is in the item. */
const call = async (operation: string, parameters: INodeParameters, json: object = {}) =>
	await run({
		credentials: oneCodex,
		items: [
			{
				json: json as IDataObject,
				binary: { data: inlineBinary(Buffer.from('x'), 'raw data.txt') },
			},
		],
		steps: [{ operation, ...parameters }],
	});

const refused = async (...args: Parameters<typeof call>) => {
	const { error } = await call(...args);
	expect(error?.description).toMatch(/\w/);
	expect(oneCodex.requests).toEqual([]);
	return error?.message;
};

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

describe('a name', () => {
	it.each(['uploadDocument', 'initUpload'])('of %s may be a number', async (operation) => {
		const options = { fileName: '={{ $json.sampleId }}' };
		for (const [sampleId, filename] of [
			[12345, '12345'],
			[0, '0'],
			[1.5, '1.5'],
			['12345', '12345'],
			['', 'raw_data.txt'],
		]) {
			const result = await call(operation, { options }, { sampleId });
			expect(result.outputs()[0][0].json.filename).toBe(filename);
		}
	});

	it('of Upload File may be a number', async () => {
		const init = { operation: 'initUpload', options: { fileName: '={{ $json.sampleId }}' } };
		const result = await run({
			credentials: oneCodex,
			items: [{ json: { sampleId: 7 }, binary: { data: inlineBinary(Buffer.from('x')) } }],
			steps: [
				init,
				{ operation: 'uploadFile', fileName: '={{ 7 }}' },
				{ operation: 'confirmUpload' },
			],
		});
		expect(result.error).toBeUndefined();
		expect(oneCodex.documents.at(-1)).toMatchObject({ filename: '7', state: 'confirmed' });
	});

	it('of Rename, or of a file to come, may be a number', async () => {
		const fileName = '={{ 2026 }}';
		const renamed = await call('rename', { documentId: byId(document.id), fileName });
		expect(renamed.outputs()[0][0].json.filename).toBe('2026');
		const begun = await call('initUpload', { source: 'define', fileName, size: 5 });
		expect(begun.outputs()[0][0].json.filename).toBe('2026');
	});

	it.each([
		['uploadDocument', { options: { fileName: '={{ [1, 2, 3] }}' } }, 'a list of 3, not text'],
		['uploadDocument', { options: { fileName: '={{ {} }}' } }, 'an object, not text'],
		['initUpload', { options: { fileName: '={{ true }}' } }, 'true, not text'],
		['rename', { fileName: '={{ undefined }}' }, 'undefined, not text'],
		['rename', { fileName: '={{ [] }}' }, 'an empty list, not text'],
		['rename', { fileName: ' ' }, 'empty'],
	])('of %s is not taken as %j', async (operation, parameters, is) => {
		const documentId = byId(document.id);
		expect(await refused(operation, { documentId, ...parameters })).toMatch(
			new RegExp(`^File Name is ${is} \\[`),
		);
	});
});

describe('a document', () => {
	const objects: Array<[string, (id: string) => unknown]> = [
		['a reference', (id) => ({ $ref: `/api/v1/documents/${id}` })],
		['what Upload Document gives', (id) => uploaded(id)],
		['its field document', (id) => uploaded(id).document],
		['the whole of it', (id) => ({ $uri: `/api/v1/documents/${id}`, filename: 'a.pdf', size: 5 })],
	];
	const uploaded = (id: string) => ({
		document_id: id,
		document: { $ref: `/api/v1/documents/${id}` },
		filename: 'a.pdf',
		success: true,
	});

	describe.each(['id', 'url', 'list'])('in mode %s', (mode) => {
		it.each(objects)('is found in %s', async (_, objectOf) => {
			const documentId = { __rl: true, mode, value: '={{ $json.value }}' };
			const result = await call('get', { documentId }, { value: objectOf(document.id) });
			expect(result.outputs()[0][0].json).toMatchObject({ document_id: document.id });
		});
	});

	it('is found in a whole item', async () => {
		for (const value of ['={{ $json }}', '={{ $input.item }}', '={{ $input.item.json }}']) {
			const result = await call('get', { documentId: byId(value) }, uploaded(document.id));
			expect(result.outputs()[0][0].json).toMatchObject({ document_id: document.id });
		}
	});

	it.each(['download', 'rename', 'delete'])('is found in an object by %s', async (operation) => {
		const parameters = { documentId: byId('={{ $json.document }}'), fileName: 'b.pdf' };
		const result = await call(operation, parameters, uploaded(document.id));
		expect(result.error).toBeUndefined();
	});

	it('is shared, both given as objects', async () => {
		const [, user] = oneCodex.users;
		const parameters = {
			documentId: byId('={{ $json.document }}'),
			userId: byId('={{ $json.who }}'),
		};
		const json = { ...uploaded(document.id), who: { $ref: `/api/v1/users/${user.id}` } };
		for (const operation of ['share', 'unshare']) {
			expect((await call(operation, parameters, json)).error).toBeUndefined();
		}
	});

	it('is confirmed by its object', async () => {
		const result = await run({
			credentials: oneCodex,
			items: [{ json: {}, binary: { data: await storedBinary(Buffer.from('x'), 'x.txt') } }],
			steps: [
				{ operation: 'initUpload' },
				{ operation: 'uploadFile', documentId: '={{ $json }}' },
				{ operation: 'confirmUpload', documentId: '={{ $json }}' },
			],
		});
		expect(result.error).toBeUndefined();
		expect(oneCodex.documents.at(-1)).toMatchObject({ filename: 'x.txt', state: 'confirmed' });
	});

	it.each([
		['""', 'empty'],
		['undefined', 'undefined, not an ID'],
		['$json.missing', 'undefined, not an ID'],
		['null', 'null, not an ID'],
		['["a", "b", "c"]', 'a list of 3, not an ID'],
		['{}', 'an object, not an ID'],
		['5', 'the number 5, not an ID'],
		['"XYZ"', 'not an ID'],
	])('is not found in %s', async (value, is) => {
		const message = `Document ID is ${is} [item 0]`;
		expect(await refused('get', { documentId: byId(`={{ ${value} }}`) })).toBe(message);
		expect(await refused('download', { documentId: byId(`={{ ${value} }}`) })).toBe(message);
		expect(await refused('confirmUpload', { documentId: `={{ ${value} }}` })).toBe(message);
	});

	it('is not the user', async () => {
		const documentId = byId(document.id);
		const userId = byId('={{ "ada@example.com" }}');
		expect(await refused('share', { documentId, userId })).toMatch(
			/^User ID is an e-mail address, not an ID \[/,
		);
	});
});

const USER = { uploader: { $ref: '/api/v1/users/5891ee65711c4d5e' } };

describe('a filter', () => {
	const asked = () => {
		const { path } = oneCodex.requests.find((each) => each.path.startsWith('/api/v1/documents?'))!;
		return JSON.parse(
			new URL(path, 'http://one.codex').searchParams.get('where') ?? '{}',
		) as object;
	};

	it.each<[string, unknown, object]>([
		['filename', 2026, { filename: { $icontains: '2026' } }],
		['minSize', '1000', { size: { $gte: 1000 } }],
		['maxSize', ' 1000 ', { size: { $lte: 1000 } }],
		['minSize', '0', {}],
		['uploaderId', { $ref: '/api/v1/users/5891ee65711c4d5e' }, USER],
		['uploaderId', { $uri: '/api/v1/users/5891ee65711c4d5e', email: null }, USER],
		['uploaderId', '', {}],
		['filename', '', {}],
		['filename', ' ', {}],
		['createdAfter', '', {}],
	])('%s may be %j', async (name, value, where) => {
		const filters = { [name]: '={{ $json.value }}' };
		expect((await call('getAll', { filters }, { value })).error).toBeUndefined();
		expect(asked()).toEqual(where);
	});

	it.each([
		['filename', 'undefined', 'File Name Contains is undefined'],
		['filename', '[1, 2, 3]', 'File Name Contains is a list of 3, not text'],
		['filename', '{}', 'File Name Contains is an object, not text'],
		[
			'filename',
			'"???"',
			'File Name Contains has nothing in it that the name of a document can have',
		],
		['createdBefore', 'undefined', 'Created Before is undefined'],
		['createdAfter', 'null', 'Created After is null'],
		['createdAfter', '["2026-01-01"]', 'Created After is a list of 1, not a date'],
		['minSize', 'undefined', 'Min Size is undefined'],
		['minSize', '[1, 2]', 'Min Size must be a whole number of bytes, not a list of 2'],
		['maxSize', '"1.000"', 'Max Size must be a whole number of bytes, not "1.000"'],
		['uploaderId', 'undefined', 'Uploader ID is undefined'],
		['uploaderId', '["a", "b"]', 'User ID is a list of 2, not an ID'],
		['uploaderId', '"ada@example.com"', 'User ID is an e-mail address, not an ID'],
	])('%s is not taken as %s', async (name, value, message) => {
		expect(await refused('getAll', { filters: { [name]: `={{ ${value} }}` } })).toBe(
			`${message} [item 0]`,
		);
	});
});

describe('a number or a switch', () => {
	it('may be text', async () => {
		oneCodex.seed({ filename: 'b.pdf', size: 5 });
		const all = async (parameters: INodeParameters) =>
			(await call('getAll', parameters)).outputs()[0].map(({ json }) => json);
		expect(await all({ limit: '={{ "1" }}' })).toHaveLength(1);
		expect(await all({ limit: 1, returnAll: '={{ "false" }}' })).toHaveLength(1);
		expect(await all({ limit: 1, returnAll: '={{ "true" }}' })).toHaveLength(2);
		expect((await all({ simplify: '={{ "false" }}' }))[0]).toHaveProperty('uploader');

		const define = { source: 'define', fileName: 'a.txt', size: '={{ "31337" }}' };
		await call('initUpload', define);
		expect(oneCodex.requests.at(-1)?.body).toEqual({ filename: 'a.txt', size: 31_337 });
	});

	it('may be a bigint', async () => {
		oneCodex.seed({ filename: 'b.pdf', size: 500 });
		const five = '={{ BigInt(5) }}';
		const found = await call('getAll', {
			limit: '={{ BigInt(1) }}',
			filters: { minSize: '={{ BigInt(100) }}' },
		});
		expect(found.outputs()[0].map(({ json }) => json.filename)).toEqual(['b.pdf']);
		await call('initUpload', { source: 'define', fileName: 'a.txt', size: five });
		expect(oneCodex.requests.at(-1)?.body).toEqual({ filename: 'a.txt', size: 5 });
		const options = {
			maxRetries: five,
			idleTimeout: five,
			maxConcurrency: five,
			partConcurrency: five,
		};
		const result = await call('uploadDocument', { options });
		expect(result.outputs()[0][0].json).toMatchObject({ success: true });
	});

	it('of the options of an upload may be text', async () => {
		const options = {
			maxRetries: '={{ "0" }}',
			idleTimeout: '={{ "5" }}',
			maxConcurrency: '={{ "2" }}',
			multipartThreshold: '={{ "64" }}',
			partConcurrency: '={{ "4" }}',
			verifyIntegrity: '={{ "false" }}',
		};
		const result = await call('uploadDocument', { options });
		expect(result.outputs()[0][0].json).toMatchObject({ success: true });
	});

	it.each<[string, INodeParameters, string]>([
		[
			'getAll',
			{ limit: '={{ [1, 2, 3] }}' },
			'Limit must be a whole number, 1 or more, not a list of 3',
		],
		[
			'getAll',
			{ limit: '={{ undefined }}' },
			'Limit must be a whole number, 1 or more, not undefined',
		],
		['getAll', { returnAll: '={{ "no" }}' }, 'Return All must be true or false, not "no"'],
		[
			'getAll',
			{ returnAll: '={{ undefined }}' },
			'Return All must be true or false, not undefined',
		],
		['getAll', { simplify: '={{ 0 }}' }, 'Simplify must be true or false, not the number 0'],
		[
			'getAll',
			{ options: { sort: '={{ "biggest" }}' } },
			'Sort must be one of newest, oldest, name, largest, smallest, not "biggest"',
		],
		[
			'uploadDocument',
			{ options: { maxRetries: '={{ [1, 2] }}' } },
			'Max Retries must be a whole number, 0 or more, not a list of 2',
		],
		[
			'uploadDocument',
			{ options: { verifyIntegrity: '={{ "no" }}' } },
			'Verify Integrity must be true or false, not "no"',
		],
	])('of %s is not taken as %j', async (operation, parameters, message) => {
		expect(await refused(operation, parameters)).toBe(`${message} [item 0]`);
	});

	it('of the whole run is told, too', async () => {
		const options = { maxConcurrency: '={{ [1, 2] }}' };
		expect(await refused('uploadDocument', { options })).toBe(
			'Max Concurrency must be a whole number, 1 or more, not a list of 2',
		);
	});

	it('is a field of a download, but no list is', async () => {
		const documentId = byId(document.id);
		const result = await call('download', { documentId, binaryPropertyName: '={{ 0 }}' });
		expect(Object.keys(result.outputs()[0][0].binary ?? {})).toEqual(['0']);
		oneCodex.reset();
		expect(await refused('download', { documentId, binaryPropertyName: '={{ ["a", "b"] }}' })).toBe(
			'Put Output File in Field is a list of 2, not the name of a field [item 0]',
		);
	});
});
