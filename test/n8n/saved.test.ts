import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { EXAMPLES, examplesAfter, savedWith } from '../saved';
import { ScriptedAgent } from './agent';
import { exampleFile, filledIn, withSettings } from './examples';
import { sha256Of } from './files';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import type { Workflow } from './workflow';

jest.setTimeout(600_000);

/** What the saved workflows name: a document of the account, and another user. */
const REPORT = '28459508592a481c';
const GRACE = { id: '9f1c0d3e5b7a2468', email: 'grace@lab.example' };

const workflows = savedWith('0.4.0');
const examples = examplesAfter('0.4.0');
const content = Buffer.from('organism,reads\n'.repeat(70));

let service: OneCodexStandIn;
let host: SharedHost;
let agent: ScriptedAgent;

beforeAll(async () => {
	service = await startOneCodex({ users: [GRACE] });
	host = await SharedHost.create();
	const file = join(host.filesFolder, 'report.pdf');
	await copyFile(exampleFile, file);
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	const { tools, ...others } = workflows;
	agent = await ScriptedAgent.of(host, tools);
	for (const [name, workflow] of Object.entries(others)) {
		// The examples say themselves that the path is to be filled in.
		const isExample = EXAMPLES.includes(name);
		const path = { 'Read a file': { fileSelector: file } };
		host.importWorkflows(isExample ? filledIn(workflow, path) : workflow);
	}
	const settings = { files: file, wait_seconds: 0.1 };
	for (const [name, workflow] of Object.entries(examples)) {
		const isInSteps = name === 'upload-in-steps-with-retry';
		host.importWorkflows(isInSteps ? withSettings(workflow, workflow.id, settings) : workflow);
	}
});

beforeEach(() => {
	service.seed({
		...{ id: REPORT, filename: 'report.pdf', bytes: content, createdAt: '2026-11-01T12:00:00Z' },
	});
	service.seed({ filename: 'a.csv', size: 10, createdAt: '2026-11-02T12:00:00Z' });
	service.seed({ filename: 'z.csv', size: 5_000, createdAt: '2026-10-01T12:00:00Z' });
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await agent?.close();
	await service?.close();
});

/** Runs a workflow as it was saved, and gives what each of its nodes gave out. */
async function run(name: string) {
	const { data } = await host.execute({ ...workflows, ...examples }[name].id);
	assertSucceeded(data);
	return (node: string): INodeExecutionData[] => outputOf(data, node);
}

const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
const ID: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
const MD5: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);
const TEXT: unknown = expect.any(String);
const { length: size } = 'organism,reads';

/** What 0.4.0 gave out of an upload, and no other field. */
const uploaded = (more: object) => ({
	document_id: ID,
	document: { $ref: expect.stringMatching(/^\/api\/v1\/documents\/[0-9a-f]{16}$/) },
	filename: 'Report_Marz.csv',
	original_filename: 'Report März.csv',
	...{ size, etag: MD5, success: true, message: TEXT },
	...more,
});
const pdf = readFileSync(exampleFile);
const ofExample = { filename: 'report.pdf', original_filename: 'report.pdf', size: pdf.length };

/** The same of a document that is looked at. */
const document = (more: object = {}) => ({
	...{ document_id: REPORT, $uri: `/api/v1/documents/${REPORT}` },
	...{ filename: 'report.pdf', size: content.length, created_at: '2026-11-01T12:00:00Z' },
	...{ uploader: { $ref: `/api/v1/users/${service.userId}` }, downloaders: [] },
	...more,
});
const simple = {
	...{ document_id: ID, $uri: TEXT, filename: TEXT, size: expect.any(Number), created_at: TEXT },
	...{ uploader_id: ID, uploader_uri: TEXT, downloader_ids: [] },
};

it.each([
	['example-upload-document', 'Upload a document', uploaded(ofExample)],
	['uploadDefaults', 'Upload a document', uploaded({})],
	['uploadDocument', 'Every file', uploaded({})],
	['uploadDocument', 'By a form', uploaded({ filename: 'final.csv' })],
	['uploadDocument', 'In parts', uploaded({ etag: expect.stringMatching(/^[0-9a-f]{32}/) })],
	['uploadDocument', 'As it is best', uploaded({})],
])('%s uploads as it did: %s', async (name, node, expected) => {
	const output = await run(name);

	expect(output(node)).toEqual([{ json: expected, pairedItem: { item: 0 } }]);
	const { state, object } = service.document(String(output(node)[0].json.document_id));
	const bytes = name.startsWith('example') ? pdf : Buffer.from('organism,reads');
	expect([state, object?.sha256]).toEqual(['confirmed', sha256Of(bytes)]);
});

it.each([
	['example-init-upload-confirm', 'data', ofExample],
	['stepsDefaults', 'data', { filename: 'Report_Marz.csv', size }],
	['steps', 'report', { filename: 'final.csv', size }],
])('%s: the three steps give out what they gave', async (name, field, { filename, size }) => {
	const output = await run(name);

	const [init] = output('Start an upload');
	expect(init.json).toEqual({
		...{ document_id: ID, upload_url: TEXT, additional_fields: expect.any(Object) },
		...{ filename, size },
	});
	expect(Object.keys(init.binary ?? {})).toEqual([field]);
	const document_id = init.json.document_id as string;
	expect(jsonOf(output('Send a file to its upload URL'))).toEqual([
		{ document_id, filename, size, bucket: TEXT, key: TEXT, location: TEXT, etag: MD5 },
	]);
	expect(jsonOf(output('Confirm an upload'))).toEqual([
		{
			document_id,
			document: { $ref: `/api/v1/documents/${document_id}` },
			...{ success: true, message: TEXT },
		},
	]);
	expect(service.document(document_id).state).toBe('confirmed');
});

it('initUpload starts an upload of a file that n8n does not have', async () => {
	const output = await run('initUpload');

	const filename = 'report.csv';
	expect(jsonOf(output('Start an upload'))).toMatchObject([{ document_id: ID, filename, size }]);
});

it('get gives a document, however it is named', async () => {
	const output = await run('get');

	for (const node of ['From the list', 'By its output', 'By ID', 'By its URI', 'By URL']) {
		expect([node, output(node)]).toEqual([node, [{ json: document(), pairedItem: { item: 0 } }]]);
	}
});

it('getAll lists, filters and sorts', async () => {
	const output = await run('getAll');

	const names = (node: string) => output(node).map(({ json }) => json.filename);
	expect(jsonOf(output('Get many documents'))).toEqual([simple, simple, simple]);
	expect(names('Get many documents')).toEqual(['a.csv', 'report.pdf', 'z.csv']);
	expect(jsonOf(output('Filtered'))).toEqual([{ ...simple, document_id: REPORT }]);
	expect(jsonOf(output('All, as One Codex gives them'))).toContainEqual(document());
	expect(names('Sorted: oldest')).toEqual(['z.csv', 'report.pdf', 'a.csv']);
	expect(names('Sorted: name')).toEqual(['a.csv', 'report.pdf', 'z.csv']);
	expect(names('Sorted: largest')).toEqual(['z.csv', 'report.pdf', 'a.csv']);
	expect(names('Sorted: smallest')).toEqual(['a.csv', 'report.pdf', 'z.csv']);
});

it('download puts the file into its field', async () => {
	const output = await run('download');

	for (const [node, field] of [
		['Download a document', 'data'],
		['Into a field', 'report'],
	]) {
		const [{ json, binary = {} }] = output(node);
		expect(json).toEqual(document());
		expect(Object.keys(binary)).toEqual([field]);
		const { fileName, mimeType, bytes } = binary[field];
		expect([fileName, mimeType]).toEqual(['report.pdf', 'application/pdf']);
		expect(bytes ?? content.length).toBe(content.length);
	}
});

it('rename, share, unshare and delete give out what they gave', async () => {
	const downloaders = [{ $ref: `/api/v1/users/${GRACE.id}` }];

	const share = await run('share');
	expect(jsonOf(share('Share a document'))).toEqual([document({ downloaders })]);
	expect(jsonOf(share('Stop sharing a document'))).toEqual([document()]);
	const rename = await run('rename');
	expect(jsonOf(rename('Rename a document'))).toEqual([document({ filename: 'Report_Marz.pdf' })]);
	const remove = await run('delete');
	expect(jsonOf(remove('Delete a document'))).toEqual([{ deleted: true }]);
	expect(service.documents.map(({ id }) => id)).not.toContain(REPORT);
});

it('tools of an agent are told of as they were, and do what they did', async () => {
	const [many, one, renamed, shared, unshared, deleted] = await agent.call(
		{
			tool: 'Get_many_documents_in_One_Codex',
			args: { Limit: 5, File_Name_Contains: 'report' },
		},
		{ tool: 'Get_a_document_in_One_Codex', args: { Document: REPORT } },
		{ tool: 'Rename_a_document_in_One_Codex', args: { Document: REPORT, File_Name: 'new.pdf' } },
		{ tool: 'Share_a_document_in_One_Codex', args: { Document: REPORT, User: GRACE.id } },
		{ tool: 'Stop_sharing_a_document_in_One_Codex', args: { Document: REPORT, User: GRACE.id } },
		{ tool: 'Delete_a_document_in_One_Codex', args: { Document: REPORT } },
	);

	expect(many).toEqual([{ ...simple, document_id: REPORT }]);
	expect(one).toEqual([document()]);
	const filename = 'new.pdf';
	expect(renamed).toEqual([document({ filename })]);
	const downloaders = [{ $ref: `/api/v1/users/${GRACE.id}` }];
	expect(shared).toEqual([document({ filename, downloaders })]);
	expect(unshared).toEqual([document({ filename })]);
	expect(deleted).toEqual([{ deleted: true }]);

	const told = Object.values(agent.told()).map(([description]) => description);
	expect(told).toHaveLength(11);
	for (const description of told) expect(description).toMatch(/, as our lab calls it$/);
});

it.each([
	['upload-in-steps-with-retry', 'Uploaded'],
	['clean-up-old-documents', 'Summary'],
])('the example %s runs as it was', async (name, last) => {
	const output = await run(name);

	expect(output(last)).toHaveLength(1);
});

it('examples that need other servers can be imported, with all that they have', async () => {
	const client = await host.client();
	const parametersOf = ({ nodes }: Pick<Workflow, 'nodes'>) =>
		Object.fromEntries(nodes.map(({ name, parameters }) => [name, Object.keys(parameters)]));
	for (const workflow of Object.values(examples)) {
		const there = await client.workflow(workflow.id);
		expect(parametersOf(there)).toEqual(parametersOf(workflow));
	}
});
