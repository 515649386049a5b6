import type { INode } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn, type StandInDocument } from '../onecodex';
import { agentVersion, toolSettings } from './differences';
import { confirmed, writeRandomFile, type Stored } from './files';
import { startModel, type ScriptedModel, type Turn } from './model';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import {
	chain,
	manualTrigger,
	node,
	oneCodexTool,
	readFiles,
	workflow,
	type Link,
} from './workflow';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let model: ScriptedModel;
let host: SharedHost;
let file: Stored;

/** As the editor writes it when the model is to fill a field in: named after the field's label. */
const fromAI = (label: string, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label}', \`\`, '${type}') }}`;
const locator = (label: string) => ({ __rl: true, mode: 'id', value: fromAI(label) });
const documentId = locator('Document');

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
	oneCodexTool('Share a document in One Codex', 'share', { documentId, userId: locator('User') }),
	oneCodexTool('Delete a document in One Codex', 'delete', { documentId }),
	oneCodexTool('Upload a document in One Codex', 'uploadDocument'),
	oneCodexTool('Upload the report', 'uploadDocument', {
		binaryPropertyName: "={{ $('Read').first().binary.data }}",
	}),
];

function agent(): Link[] {
	const to = node('@n8n/n8n-nodes-langchain.agent', agentVersion, 'Agent', {
		promptType: 'define',
		text: 'Tidy up my documents.',
		options: { maxIterations: 20 },
	});
	const chatModel: INode = {
		...node('@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, 'Model', {
			model: { __rl: true, mode: 'id', value: 'scripted' },
			responsesApiEnabled: false,
			options: { maxRetries: 0 },
		}),
		credentials: { openAiApi: { id: 'openAiAccount000', name: 'Scripted model' } },
	};
	return [
		...chain(manualTrigger(), readFiles('Read', `${host.filesFolder}/*`), to),
		{ from: chatModel, to, type: 'ai_languageModel' },
		...tools.map((tool): Link => ({ from: { ...tool, ...toolSettings }, to, type: 'ai_tool' })),
	];
}

beforeAll(async () => {
	service = await startOneCodex();
	model = await startModel();
	host = await SharedHost.create();
	file = await writeRandomFile(host.filesFolder, 'report.pdf', 1024);
	host.importAccount(service);
	host.importCredential({
		id: 'openAiAccount000',
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.url },
	});
	host.importWorkflows(workflow('agent', agent(), { executionOrder: 'v1' }));
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await model?.close();
	await service?.close();
});

/** Runs the agent with a script, and gives what each of its calls gave back, read as JSON. */
async function call(...script: Turn[]): Promise<unknown[]> {
	model.play(...script, 'Done');
	const { data } = await host.execute('agent');
	assertSucceeded(data);
	expect(outputOf(data, 'Agent')[0].json.output).toBe('Done');
	const results = model.results().map((text) => JSON.parse(text) as unknown);
	expect(results).toHaveLength(script.length);
	return results;
}

const seed = (filename: string, year: number): StandInDocument =>
	service.seed({ filename, size: 10, createdAt: `${year}-01-01T00:00:00Z` });
const uriOf = ({ id }: StandInDocument) => `/api/v1/documents/${id}`;

it('an agent lists, gets, renames, shares and deletes documents, and is told of them', async () => {
	seed('report_2020.pdf', 2020);
	const kept = seed('Report_2024.pdf', 2024);
	const gone = seed('report_2025.pdf', 2025);
	seed('reads.fastq', 2025);
	const friend = service.users[1].id;

	const [many, one, renamed, shared, deleted] = await call(
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
	const [none, name, unknown] = await call(
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
	const [refused] = await call({ tool: 'Upload_a_document_in_One_Codex', args: {} });

	expect(refused).toMatchObject([
		{ error: expect.stringContaining('a node before this one has to give it') },
	]);
	expect(service.requests).toEqual([]);
});

it("an agent uploads an earlier node's file where the tool's field names that file", async () => {
	const [uploaded] = await call({ tool: 'Upload_the_report', args: {} });

	expect(uploaded).toMatchObject([{ filename: 'report.pdf', success: true }]);
	expect(confirmed(service)).toEqual([file]);
});

it('the model is told what each tool does, and what it takes', async () => {
	await call();

	const told = model.offered().map(({ name, description, parameters }) => {
		const takes = Object.entries(parameters.properties).map(([key, { type }]) => `${key}: ${type}`);
		return [name, [description, ...takes]];
	});
	const id = 'Document: string';
	const upload = [
		'Upload files of the input as documents, in one step. It needs a file that an earlier node of the workflow gives; text alone cannot be uploaded.',
	];
	expect(Object.fromEntries(told)).toEqual({
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
