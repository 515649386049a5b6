import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	faultsInTurn,
	isDocumentGet,
	startOneCodex,
	type FaultSchedule,
	type OneCodexStandIn,
	type RecordedRequest,
	type StandInDocument,
} from '../onecodex';
import { invalidFieldMessage } from '../n8n/differences';
import { closedAfterTest } from './closing';
import { run, type Run, type RunOptions } from './engine';

const HEX = /^[0-9a-f]{16}$/;
const ABSENT = '0123456789abcdef';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 0 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const operate = async (
	parameters: INodeParameters,
	options: Partial<RunOptions> = {},
): Promise<Run> =>
	await run({ credentials: oneCodex, items: [{ json: {} }], steps: [parameters], ...options });

const seedOne = (): StandInDocument =>
	oneCodex.seed({ filename: 'a.bin', bytes: Buffer.from('abc') });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const jsonOf = (result: Run): INodeExecutionData['json'] => result.outputs()[0][0].json;
const paths = (requests: RecordedRequest[]) =>
	requests.map(({ method, path }) => `${method} ${path}`);

const full = (document: StandInDocument, changed = {}) => ({
	document_id: document.id,
	$uri: `/api/v1/documents/${document.id}`,
	filename: document.filename,
	size: document.size,
	created_at: document.createdAt,
	uploader: { $ref: `/api/v1/users/${oneCodex.userId}` },
	downloaders: [],
	...changed,
});

describe('a document is found', () => {
	it.each<[string, (id: string) => unknown]>([
		['by its ID', byId],
		[
			'by an address',
			(id) => ({ ...byId(`https://app.onecodex.com/x/documents/${id}?tab=1`), mode: 'url' }),
		],
		['from a list', (id) => ({ ...byId(id), mode: 'list', cachedResultName: 'a.bin' })],
		['by document_id of an earlier step', () => byId('={{ $json.document_id }}')],
		['by $uri', () => byId('={{ $json.$uri }}')],
		['by a $ref', () => byId('={{ $json.document.$ref }}')],
		['by plain text, as a tool may give it', (id) => id],
	])('%s', async (_, locator) => {
		const document = seedOne();
		const $uri = `/api/v1/documents/${document.id}`;
		const result = await operate(
			{ operation: 'get', documentId: locator(document.id) as never },
			{ items: [{ json: { document_id: document.id, $uri, document: { $ref: $uri } } }] },
		);
		expect(result.error).toBeUndefined();
		expect(result.outputs()).toEqual([[{ json: full(document), pairedItem: { item: 0 } }]]);
		expect(paths(oneCodex.requests)).toEqual([`GET ${$uri}`]);
	});

	it.each(['get', 'download', 'rename', 'share', 'unshare'])(
		'with nothing chosen for %s, that of the step before',
		async (operation) => {
			const { id } = seedOne();
			const steps = [
				{ operation: 'getAll' },
				{ operation, fileName: 'b.bin', userId: byId(oneCodex.userId) },
			];
			const result = await operate({}, { steps });
			expect(result.error).toBeUndefined();
			expect(paths(oneCodex.requests).join()).toContain(`/documents/${id}`);
		},
	);

	it('to delete only where it was chosen', async () => {
		const document = seedOne();
		// n8n itself says so, and does not begin.
		const steps = [{ operation: 'getAll' }, { operation: 'delete' }];
		const { error } = await operate({}, { steps }).catch((cause: Error) => ({ error: cause }));
		expect(error?.message).toMatch(/Document|has issues/);
		expect(document.state).toBe('confirmed');
	});

	it.each(['get', 'download', 'rename', 'delete', 'share', 'unshare'])(
		'or %s says that it is none, before anything is sent',
		async (operation) => {
			for (const value of ['nothing', '', 'https://app.onecodex.com/samples/0123456789abcdef']) {
				const result = await operate({
					operation,
					documentId: byId(`={{ "${value}" }}`),
					fileName: 'a',
					userId: byId(ABSENT),
				});
				expect(result.error?.message).toMatch(/^Document ID is (not an ID|empty) \[item 0\]$/);
			}
			expect(oneCodex.requests).toEqual([]);
		},
	);

	it('or n8n itself says that what was typed is none', async () => {
		for (const locator of [byId('nothing'), { ...byId('https://x/samples/1'), mode: 'url' }]) {
			await expect(operate({ operation: 'get', documentId: locator })).rejects.toThrow(
				invalidFieldMessage,
			);
		}
		const { id } = seedOne();
		const typed = await operate({ operation: 'get', documentId: byId(`/api/v1/documents/${id}`) });
		expect(typed.error).toBeUndefined();
	});

	it.each(['get', 'download', 'rename', 'delete', 'share', 'unshare'])(
		'or %s says which one is not known',
		async (operation) => {
			const parameters = {
				operation,
				documentId: byId(ABSENT),
				fileName: 'b.bin',
				userId: byId(oneCodex.users[1].id),
			};
			const stopped = await operate(parameters);
			expect(stopped.error).toMatchObject({
				httpCode: '404',
				message: expect.stringMatching(
					/^One Codex does not know this.*document 0123456789abcdef, item 0\]$/,
				),
			});
			const going = await operate(parameters, { onError: 'continueErrorOutput' });
			expect(going.outputs()[1][0].json).toMatchObject({
				error: expect.stringContaining(ABSENT),
				details: { document_id: ABSENT, httpCode: 404 },
			});
		},
	);

	it.each(['rename', 'delete', 'share', 'unshare'])(
		'or %s says which one belongs to another',
		async (operation) => {
			const { id } = oneCodex.seed({
				filename: 'theirs.bin',
				size: 5,
				uploaderId: oneCodex.users[1].id,
				sharedWithMe: true,
			});
			const result = await operate({
				operation,
				documentId: byId(id),
				fileName: 'mine.bin',
				userId: byId(oneCodex.users[2].id),
			});
			expect(result.error).toMatchObject({
				httpCode: '403',
				message: expect.stringMatching(
					new RegExp(`^One Codex does not allow this.*document ${id}, item 0`),
				),
			});
		},
	);
});

describe('Rename', () => {
	it.each([
		['report 2.pdf', 'report_2.pdf'],
		['Übersicht.xlsx', 'Ubersicht.xlsx'],
		['plain.csv', 'plain.csv'],
	])('to %j gives %j, by the rules of an upload', async (fileName, filename) => {
		const document = seedOne();
		const result = await operate({ operation: 'rename', documentId: byId(document.id), fileName });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toEqual(full(document, { filename }));
		expect(oneCodex.document(document.id).filename).toBe(filename);
	});

	it('wants a name', async () => {
		const { id } = seedOne();
		const result = await operate({ operation: 'rename', documentId: byId(id), fileName: ' ' });
		expect(result.error?.message).toMatch(/^File Name is empty/);
		expect(oneCodex.requests).toEqual([]);
	});
});

describe('Delete', () => {
	it('says that it is deleted', async () => {
		const { id } = seedOne();
		const result = await operate({ operation: 'delete', documentId: byId(id) });
		expect(result.outputs()).toEqual([[{ json: { deleted: true }, pairedItem: { item: 0 } }]]);
		expect(oneCodex.documents.find((document) => document.id === id)).toBeUndefined();
	});

	it('says so too where the first answer was lost', async () => {
		const isDelete = ({ method }: { method: string }) => method === 'DELETE';
		const lossy = await standInWith(faultsInTurn(isDelete, { kind: 'reset', when: 'after' }));
		const { id } = lossy.seed({ filename: 'a.bin', size: 3 });
		const result = await operate(
			{ operation: 'delete', documentId: byId(id) },
			{ credentials: lossy },
		);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toEqual({ deleted: true });
		expect(lossy.requests.map(({ status }) => status)).toEqual([204, 404]);
	});
});

describe('Share and Unshare', () => {
	it('let a user download, once or twice, and no longer', async () => {
		const document = seedOne();
		const user = oneCodex.users[1].id;
		const parameters = { documentId: byId(document.id), userId: byId(`/api/v1/users/${user}`) };
		for (const [operation, downloaders] of [
			['share', [{ $ref: `/api/v1/users/${user}` }]],
			['share', [{ $ref: `/api/v1/users/${user}` }]],
			['unshare', []],
			['unshare', []],
		] as const) {
			const result = await operate({ operation, ...parameters });
			expect(result.error).toBeUndefined();
			expect(jsonOf(result)).toEqual(full(document, { downloaders }));
		}
	});

	it('take it for done where One Codex says so, and only there', async () => {
		const isShare = ({ path }: { path: string }) => path.endsWith('/add_user');
		const refusing = await standInWith((request) =>
			isShare(request) ? { kind: 'status', status: 409 } : undefined,
		);
		const document = refusing.seed({ filename: 'a.bin', size: 3 });
		const [, shared, other] = refusing.users;
		document.downloaders.push(shared.id);
		const share = async (user: string) =>
			await operate(
				{ operation: 'share', documentId: byId(document.id), userId: byId(user) },
				{ credentials: refusing },
			);
		expect((await share(shared.id)).error).toBeUndefined();
		expect((await share(other.id)).error).toMatchObject({ httpCode: '409' });
	});

	it('want a user', async () => {
		const { id } = seedOne();
		for (const operation of ['share', 'unshare']) {
			const result = await operate({ operation, documentId: byId(id), userId: byId('={{ "x" }}') });
			expect(result.error?.message).toMatch(/^User ID is not an ID \[item 0\]$/);
		}
		const absent = await operate({
			operation: 'share',
			documentId: byId(id),
			userId: byId(ABSENT),
		});
		expect(absent.error).toMatchObject({ httpCode: '404' });
	});
});

it('each of many items gets its own answer, in order', async () => {
	const documents = Array.from({ length: 15 }, (_, index) =>
		oneCodex.seed({ filename: `${index}.bin`, size: index + 1 }),
	);
	const items = documents.map(({ id }, index) => ({
		json: { document_id: index === 4 ? ABSENT : id },
	}));
	const result = await operate(
		{ operation: 'get', documentId: byId('={{ $json.document_id }}') },
		{ items, onError: 'continueRegularOutput' },
	);
	const found = result.outputs()[0].map(({ json }) => json.document_id ?? json.error);
	expect(found).toEqual(
		documents.map(({ id }, index) => (index === 4 ? expect.stringContaining(ABSENT) : id)),
	);
});

it('an answer that is no document is told as such', async () => {
	const garbled = await standInWith(faultsInTurn(isDocumentGet, { kind: 'malformed' }));
	const { id } = garbled.seed({ filename: 'a.bin', size: 3 });
	const result = await operate(
		{ operation: 'get', documentId: byId(id) },
		{ credentials: garbled },
	);
	// It passed: the second answer was one.
	expect(result.error).toBeUndefined();
	expect(jsonOf(result).document_id).toMatch(HEX);
});

async function standInWith(faults: FaultSchedule): Promise<OneCodexStandIn> {
	return closedAfterTest(await startOneCodex({ faults }));
}
