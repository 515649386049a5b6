import type { INode } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn, type StandInDocument } from '../onecodex';
import { fromAI, locatorFromAI, ScriptedAgent } from './agent';
import { confirmed, writeRandomFile, type Stored } from './files';
import { SharedHost } from './shared/host';
import { oneCodexTool } from './workflow';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let agent: ScriptedAgent;
let host: SharedHost;
let file: Stored;

const documentId = locatorFromAI('Document');

/** Named as the editor names them. */
const tools: INode[] = [
	oneCodexTool('Get many documents in One Codex', 'getAll', {
		limit: fromAI('Limit', 'number'),
		filters: {
			filename: fromAI('File_Name_Contains'),
			createdAfter: fromAI('Created_After'),
		},
	}),
	oneCodexTool('Get a document in One Codex', 'get', { documentId }),
	oneCodexTool('Rename a document in One Codex', 'rename', {
		documentId,
		fileName: fromAI('File_Name'),
	}),
	oneCodexTool('Share a document in One Codex', 'share', {
		documentId,
		userId: locatorFromAI('User'),
	}),
	oneCodexTool('Delete a document in One Codex', 'delete', { documentId }),
	oneCodexTool('Upload a document in One Codex', 'uploadDocument'),
	oneCodexTool('Upload the report', 'uploadDocument', {
		binaryPropertyName: "={{ $('Read').first().binary.data }}",
	}),
];

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	file = await writeRandomFile(host.filesFolder, 'report.pdf', 1024);
	host.importAccount(service);
	agent = await ScriptedAgent.add(host, 'agent', 'Tidy up my documents.', tools);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await agent?.close();
	await service?.close();
});

const seed = (filename: string, year: number): StandInDocument =>
	service.seed({ filename, size: 10, createdAt: `${year}-01-01T00:00:00Z` });
const uriOf = ({ id }: StandInDocument) => `/api/v1/documents/${id}`;

it('an agent lists, gets, renames, shares and deletes documents, and is told of them', async () => {
	seed('report_2020.pdf', 2020);
	const kept = seed('Report_2024.pdf', 2024);
	const gone = seed('report_2025.pdf', 2025);
	seed('reads.fastq', 2025);
	const friend = service.users[1].id;

	const [many, one, renamed, shared, deleted] = await agent.call(
		{
			tool: 'Get_many_documents_in_One_Codex',
			args: { Limit: 5, File_Name_Contains: 'report', Created_After: '2023-01-01' },
		},
		{ tool: 'Get_a_document_in_One_Codex', args: { Document: kept.id } },
		{
			tool: 'Rename_a_document_in_One_Codex',
			args: { Document: kept.id, File_Name: 'final.pdf' },
		},
		{ tool: 'Share_a_document_in_One_Codex', args: { Document: uriOf(kept), User: friend } },
		{ tool: 'Delete_a_document_in_One_Codex', args: { Document: gone.id } },
	);

	expect(many).toMatchObject([
		{ document_id: gone.id, $uri: uriOf(gone), filename: 'report_2025.pdf', size: 10 },
		{ document_id: kept.id, $uri: uriOf(kept), filename: 'Report_2024.pdf', downloader_ids: [] },
	]);
	expect(one).toMatchObject([{ document_id: kept.id, filename: 'Report_2024.pdf', size: 10 }]);
	expect(renamed).toMatchObject([{ document_id: kept.id, filename: 'final.pdf' }]);
	expect(shared).toMatchObject([{ downloaders: [{ $ref: `/api/v1/users/${friend}` }] }]);
	expect(deleted).toEqual([{ deleted: true }]);
	expect(service.documents.map(({ filename }) => filename)).toEqual([
		'report_2020.pdf',
		'final.pdf',
		'reads.fastq',
	]);
	expect(service.document(kept.id).downloaders).toEqual([friend]);
});

it('an agent is told in words what went wrong, and goes on', async () => {
	const [none, name, unknown] = await agent.call(
		{
			tool: 'Get_many_documents_in_One_Codex',
			args: { Limit: 5, File_Name_Contains: 'none such', Created_After: '' },
		},
		{ tool: 'Get_a_document_in_One_Codex', args: { Document: 'report.pdf' } },
		{ tool: 'Delete_a_document_in_One_Codex', args: { Document: '0123456789abcdef' } },
	);

	// This is what n8n's agent makes of no items.
	expect(none).toBe('');
	expect(name).toMatchObject([{ error: expect.stringContaining('Document ID is not an ID') }]);
	expect(unknown).toMatchObject([
		{ error: expect.stringMatching(/does not know this.*document 0123456789abcdef/) },
	]);
});

it('an agent has no file to upload, is told so, and goes on', async () => {
	const [refused] = await agent.call({ tool: 'Upload_a_document_in_One_Codex', args: {} });

	expect(refused).toMatchObject([
		{ error: expect.stringContaining('a node before this one has to give it') },
	]);
	expect(service.requests).toEqual([]);
});

it("an agent uploads an earlier node's file where the tool's field names that file", async () => {
	const [uploaded] = await agent.call({ tool: 'Upload_the_report', args: {} });

	expect(uploaded).toMatchObject([{ filename: 'report.pdf', success: true }]);
	expect(confirmed(service)).toEqual([file]);
});

it('the model is told what each tool does, and what it takes', async () => {
	await agent.call();

	const id = 'Document: string';
	const upload = [
		'Upload files of the input as documents, in one step. It needs a file that an earlier node of the workflow gives; text alone cannot be uploaded.',
	];
	expect(agent.told()).toEqual({
		Get_many_documents_in_One_Codex: [
			'List documents, newest first, with their IDs, names, sizes and creation times; filtered by a part of the name, creation time, size or uploader',
			'Limit: number',
			'Created_After: string',
			'File_Name_Contains: string',
		],
		Get_a_document_in_One_Codex: [
			'Get the name, size in bytes, creation time, uploader and downloaders of one document, by its document ID',
			id,
		],
		Rename_a_document_in_One_Codex: [
			'Give a document, by its document ID, another name of letters, digits, dash, underscore and period',
			id,
			'File_Name: string',
		],
		Share_a_document_in_One_Codex: [
			'Let a user, by the user ID, download a document, by its document ID. Sharing it twice is no error.',
			id,
			'User: string',
		],
		Delete_a_document_in_One_Codex: [
			'Delete a document, by its document ID, for good. Only its owner can. Gives back whether it was deleted.',
			id,
		],
		Upload_a_document_in_One_Codex: upload,
		Upload_the_report: upload,
	});
});
