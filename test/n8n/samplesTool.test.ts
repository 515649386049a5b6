import type { INode } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { fromAI, locatorFromAI, ScriptedAgent } from './agent';
import { writeRandomFile } from './files';
import { SharedHost } from './shared/host';
import { oneCodexTool } from './workflow';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let agent: ScriptedAgent;
let host: SharedHost;

const sampleId = locatorFromAI('Sample');
const tool = (name: string, operation: string, parameters = {}): INode =>
	oneCodexTool(name, operation, { resource: 'sample', ...parameters });

const tools: INode[] = [
	tool('Get many samples in One Codex', 'getAll', {
		limit: fromAI('Limit', 'number'),
		filters: { filename: fromAI('File_Name_Contains'), tag: fromAI('Tag') },
	}),
	tool('Get a sample in One Codex', 'get', { sampleId, options: { includeMetadata: true } }),
	tool('Update a sample in One Codex', 'update', {
		sampleId,
		updateFields: {
			addTags: fromAI('Add_Tags'),
			metadata: { name: fromAI('Name'), custom: fromAI('Custom_Fields', 'json') },
		},
	}),
	tool('Wait for a sample in One Codex', 'wait', { sampleId }),
	tool('Create a sample without a file in One Codex', 'create', {
		tags: fromAI('Tags', 'json'),
		metadata: { externalSampleId: fromAI('External_Sample_ID') },
	}),
	tool('Upload a sample in One Codex', 'upload'),
];

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	await writeRandomFile(host.filesFolder, 'report.pdf', 1024);
	host.importAccount(service);
	agent = await ScriptedAgent.add(host, 'samples-agent', 'Tidy up my samples.', tools);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await agent?.close();
	await service?.close();
});

it('an agent lists, gets, changes, waits for and creates samples, and is told of them', async () => {
	const stool = service.seedSample({
		filename: 'stool_R1.fastq.gz',
		size: 10,
		tags: ['urgent'],
		metadata: { custom: { ward: 'ICU' } },
	});
	service.seedSample({ filename: 'water.fastq', size: 10 });

	const [many, one, changed, ready, created] = await agent.call(
		{
			tool: 'Get_many_samples_in_One_Codex',
			args: { Limit: 5, File_Name_Contains: 'STOOL', Tag: 'urgent' },
		},
		{ tool: 'Get_a_sample_in_One_Codex', args: { Sample: stool.id } },
		{
			tool: 'Update_a_sample_in_One_Codex',
			args: {
				Sample: `/api/v1/samples/${stool.id}`,
				Add_Tags: 'ward 7',
				Name: 'Stool, patient 7',
				Custom_Fields: { bed: 3 },
			},
		},
		{ tool: 'Wait_for_a_sample_in_One_Codex', args: { Sample: stool.id } },
		{
			tool: 'Create_a_sample_without_a_file_in_One_Codex',
			args: { Tags: ['to come'], External_Sample_ID: 'LIMS-7' },
		},
	);

	expect(many).toMatchObject([{ sample_id: stool.id, filename: 'stool_R1.fastq.gz', size: 10 }]);
	expect(one).toMatchObject([{ sample_id: stool.id, metadata: { custom: { ward: 'ICU' } } }]);
	expect(changed).toMatchObject([{ sample_id: stool.id, status: 'available' }]);
	expect(ready).toMatchObject([
		{ sample_id: stool.id, classification_id: stool.classificationId, status: 'available' },
	]);
	const made = service.samples.at(-1)!;
	expect(created).toEqual([{ sample_id: made.id, sample: { $ref: `/api/v1/samples/${made.id}` } }]);
	const tagsOf = ({ tagIds }: typeof made) =>
		tagIds.map((id) => service.tags.find((tag) => tag.id === id)?.name);
	expect(tagsOf(stool)).toEqual(['urgent', 'ward 7']);
	expect(stool.metadata).toMatchObject({
		name: 'Stool, patient 7',
		custom: { ward: 'ICU', bed: 3 },
	});
	expect(tagsOf(made)).toEqual(['to come']);
	expect(made.metadata).toEqual({ external_sample_id: 'LIMS-7' });
});

it('an agent is told in words what went wrong, and goes on', async () => {
	const failed = service.seedSample({
		filename: 's.fastq',
		status: 'failed_validation',
		errorMsg: 'Not FASTQ.',
	});

	const [name, unready, unknown, fileless] = await agent.call(
		{ tool: 'Get_a_sample_in_One_Codex', args: { Sample: 'stool_R1.fastq.gz' } },
		{ tool: 'Wait_for_a_sample_in_One_Codex', args: { Sample: failed.id } },
		{ tool: 'Wait_for_a_sample_in_One_Codex', args: { Sample: '0123456789abcdef' } },
		{ tool: 'Upload_a_sample_in_One_Codex', args: {} },
	);

	expect(name).toMatchObject([{ error: expect.stringContaining('Sample ID is not an ID') }]);
	expect(unready).toMatchObject([{ error: expect.stringContaining('Not FASTQ.') }]);
	expect(unknown).toMatchObject([
		{ error: expect.stringMatching(/does not know this.*sample 0123456789abcdef/) },
	]);
	expect(fileless).toMatchObject([
		{ error: expect.stringContaining('a node before this one has to give it') },
	]);
	expect(service.samples).toEqual([failed]);
});

it('the model is told what each tool does, and what it takes', async () => {
	await agent.call();

	const known = agent.told();
	expect(Object.keys(known)).toHaveLength(tools.length);
	expect(known.Upload_a_sample_in_One_Codex).toEqual([
		'Upload FASTQ and FASTA files of the input as samples; two files of a pair become one. It needs files that an earlier node of the workflow gives; text alone cannot be uploaded.',
	]);
	expect(known.Wait_for_a_sample_in_One_Codex).toEqual([
		'Wait until One Codex has read a sample and classified it, by its sample ID, and give back how it is then',
		'Sample: string',
	]);
	expect(known.Create_a_sample_without_a_file_in_One_Codex).toContain('External_Sample_ID: string');
	expect(known.Update_a_sample_in_One_Codex).toEqual(
		expect.arrayContaining([
			'Change the project, visibility, tags or metadata of a sample, by its sample ID. What is not given stays as it is.',
			'Sample: string',
			'Add_Tags: string',
			'Name: string',
		]),
	);
});
