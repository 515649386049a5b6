import { readdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { IRunExecutionData } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { exampleFile, savedWorkflow, withSettings } from './examples';
import { writeRandomFile } from './files';
import { root } from './installation';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';

jest.setTimeout(600_000);

const VERSION = '0.4.0';
const names = readdirSync(join(root, 'test', 'n8n', 'saved', VERSION)).map((file) =>
	basename(file, '.json'),
);

let service: OneCodexStandIn;
let host: SharedHost;

/** What a workflow names of where it was saved. */
const IDS = { document: '28459508592a481c', user: '5891ee65711c4d5e' };
const FILE = '/path/to/report.pdf';

/** A workflow as the editor saved it; only what it names of an account and of a disk is there. */
function saved(name: string) {
	const { id } = service.seed({ filename: 'table.csv', bytes: Buffer.from('a;b\n1;2\n') });
	return savedWorkflow(VERSION, name, {
		[IDS.document]: id,
		[IDS.user]: service.users[1].id,
		[FILE]: join(host.filesFolder, 'report.pdf'),
	});
}

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	await copyFile(exampleFile, join(host.filesFolder, 'report.pdf'));
	for (const name of ['a.pdf', 'b.pdf']) await writeRandomFile(host.filesFolder, name, 3_000);
	const settings = { files: `${host.filesFolder}/*.pdf`, wait_seconds: 0.1 };
	for (const name of names) {
		const workflow = saved(name);
		const isInSteps = name === 'upload-in-steps-with-retry';
		host.importWorkflows(isInSteps ? withSettings(workflow, workflow.id, settings) : workflow);
	}
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

async function run(name: string): Promise<IRunExecutionData> {
	const { data } = await host.execute(savedWorkflow(VERSION, name).id);
	assertSucceeded(data);
	return data;
}

const first = (data: IRunExecutionData, node: string) => outputOf(data, node)[0].json;

const UPLOADED = {
	document_id: expect.stringMatching(/^[0-9a-f]{16}$/),
	document: { $ref: expect.stringMatching(/^\/api\/v1\/documents\/[0-9a-f]{16}$/) },
	size: expect.any(Number),
	success: true,
	message: expect.any(String),
};
const NAMED = { filename: 'Befund_Marz.pdf' };

/** Of what One Codex gives. */
const DOCUMENT = {
	document_id: expect.any(String),
	$uri: expect.any(String),
	filename: expect.any(String),
	size: expect.any(Number),
	created_at: expect.any(String),
	uploader: { $ref: expect.any(String) },
	downloaders: [],
};
const SIMPLE = {
	document_id: expect.any(String),
	$uri: expect.any(String),
	filename: expect.any(String),
	size: expect.any(Number),
	created_at: expect.any(String),
	uploader_id: expect.any(String),
	uploader_uri: expect.any(String),
	downloader_ids: [],
};

it('every operation gives what it gave', async () => {
	const data = await run('every-operation');

	const renamed = { ...NAMED, original_filename: 'report.pdf' };
	expect(first(data, 'Upload')).toEqual({ ...UPLOADED, ...renamed, etag: expect.any(String) });
	expect(first(data, 'Get')).toEqual(DOCUMENT);
	expect(first(data, 'Get many')).toEqual(DOCUMENT);
	expect(first(data, 'Rename')).toEqual({ ...DOCUMENT, filename: 'final_1.pdf' });
	expect(first(data, 'Share')).toMatchObject({
		downloaders: [{ $ref: `/api/v1/users/${service.users[1].id}` }],
	});
	expect(first(data, 'Unshare')).toMatchObject({ downloaders: [] });
	expect(outputOf(data, 'Download')[0]).toMatchObject({
		json: { ...DOCUMENT, filename: 'table.csv' },
		binary: { file: { fileName: 'table.csv' } },
	});
	expect(first(data, 'Delete')).toEqual({ deleted: true });
});

it('every step gives what the next one needs', async () => {
	const data = await run('every-step');

	const INIT = {
		document_id: expect.any(String),
		upload_url: expect.any(String),
		additional_fields: expect.any(Object),
	};
	expect(first(data, 'Init')).toMatchObject({ ...INIT, ...NAMED });
	expect(first(data, 'Send')).toMatchObject({
		...NAMED,
		document_id: expect.any(String),
		size: expect.any(Number),
	});
	expect(first(data, 'Confirm')).toMatchObject({ success: true, message: expect.any(String) });
	expect(first(data, 'Init by hand')).toMatchObject({
		...INIT,
		filename: 'reads.fastq',
		size: 31337,
	});
});

it('fields that were left as they are mean what they meant', async () => {
	const data = await run('defaults');

	const names = { filename: 'report.pdf', original_filename: 'report.pdf' };
	expect(first(data, 'Upload')).toEqual({ ...UPLOADED, ...names, etag: expect.any(String) });
	expect(first(data, 'Get many')).toEqual(SIMPLE);
	expect(outputOf(data, 'Download')[0].binary).toMatchObject({
		data: { fileSize: expect.any(String) },
	});
	expect(first(data, 'Confirm')).toMatchObject({ success: true });
});

it.each([
	['upload-document', 'Upload a document', UPLOADED],
	['init-upload-confirm', 'Confirm an upload', { success: true }],
	['upload-in-steps-with-retry', 'Uploaded', {}],
	['clean-up-old-documents', 'Summary', {}],
])('the example %s runs as it was', async (name, last, output) => {
	expect(first(await run(name), last)).toMatchObject(output);
});

it('what needs other servers can be imported, with all that it has', async () => {
	const client = await host.client();
	for (const name of names) {
		const { id, nodes } = savedWorkflow(VERSION, name);
		const there = await client.workflow(id);
		const parameters = (all: typeof nodes) =>
			Object.fromEntries(all.map((node) => [node.name, Object.keys(node.parameters)]));
		expect(parameters(there.nodes)).toEqual(parameters(nodes));
	}
});
