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

const analysisId = locatorFromAI('Analysis');
const tool = (name: string, operation: string, parameters: object) =>
	oneCodexTool(name, operation, { resource: 'analysis', ...parameters });

/** Named as the editor names them. */
const tools: INode[] = [
	tool('Get the results of an analysis in One Codex', 'getResults', { analysisId }),
	tool('Get the highest results in One Codex', 'getResults', {
		analysisId,
		filters: { top: fromAI('Top', 'number'), rank: fromAI('Rank') },
	}),
	tool('Get many analyses in One Codex', 'getAll', {
		filters: { sampleId: locatorFromAI('Sample') },
	}),
	tool('Wait for an analysis in One Codex', 'wait', { analysisId }),
	tool('Run a job in One Codex', 'run', {
		jobId: locatorFromAI('Job'),
		sampleId: locatorFromAI('Sample'),
		arguments: fromAI('Arguments', 'json'),
	}),
	oneCodexTool('Get many jobs in One Codex', 'getAll', {
		resource: 'job',
		filters: { name: fromAI('Name_Contains') },
	}),
	oneCodexTool('Create a project in One Codex', 'create', {
		resource: 'project',
		name: fromAI('Name'),
	}),
];

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	await writeRandomFile(host.filesFolder, 'report.pdf', 10);
	host.importAccount(service);
	agent = await ScriptedAgent.add(host, 'analysis-agent', 'What is in my samples?', tools);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await agent?.close();
	await service?.close();
});

it('an agent gets 25 rows of results, the highest, unless it says otherwise', async () => {
	const sample = service.seedSample({ filename: 's.fastq' });
	const id = sample.classificationId;
	const [some, ofSample, species, all] = await agent.call(
		{ tool: 'Get_the_results_of_an_analysis_in_One_Codex', args: { Analysis: id } },
		{ tool: 'Get_the_results_of_an_analysis_in_One_Codex', args: { Analysis: sample.id } },
		{
			tool: 'Get_the_highest_results_in_One_Codex',
			args: { Analysis: id, Top: 3, Rank: 'species' },
		},
		{ tool: 'Get_the_highest_results_in_One_Codex', args: { Analysis: id, Top: 0, Rank: '' } },
	);
	expect(some).toHaveLength(25);
	expect(ofSample).toEqual(some);
	expect(some).toMatchObject(Array(25).fill({ analysis_id: id, tax_id: expect.any(String) }));
	expect(species).toMatchObject(Array(3).fill({ rank: 'species' }));
	expect(all).toHaveLength(42);
});

it('an agent lists analyses, finds a job, runs it, waits for it and makes a project', async () => {
	const sample = service.seedSample({ filename: 's.fastq' });
	const job = service.seedJob({ name: 'AMR', type: 'workflow' });
	const [many, jobs, begun, waited, project] = await agent.call(
		{ tool: 'Get_many_analyses_in_One_Codex', args: { Sample: sample.id } },
		{ tool: 'Get_many_jobs_in_One_Codex', args: { Name_Contains: 'amr' } },
		{
			tool: 'Run_a_job_in_One_Codex',
			args: { Job: job.id, Sample: sample.id, Arguments: { depth: 5 } },
		},
		{ tool: 'Wait_for_an_analysis_in_One_Codex', args: { Analysis: sample.classificationId } },
		{ tool: 'Create_a_project_in_One_Codex', args: { Name: 'Ward 7' } },
	);
	expect(many).toMatchObject([{ analysis_id: sample.classificationId, state: 'succeeded' }]);
	expect(jobs).toMatchObject([{ job_id: job.id, name: 'AMR' }]);
	const [, { id }] = service.analyses;
	expect(begun).toMatchObject([
		{ analysis_id: id, sample: { $ref: `/api/v1/samples/${sample.id}` } },
	]);
	expect(service.analysis(id).jobArgs).toEqual({ depth: 5 });
	expect(waited).toMatchObject([{ state: 'succeeded' }]);
	expect(project).toMatchObject([{ name: 'Ward 7' }]);
});

it('an agent is told why there are no results, and what it may not pass', async () => {
	const sample = service.seedSample({ filename: 's.fastq', classification: 'running' });
	const [running, name] = await agent.call(
		{
			tool: 'Get_the_results_of_an_analysis_in_One_Codex',
			args: { Analysis: sample.classificationId },
		},
		{ tool: 'Get_the_results_of_an_analysis_in_One_Codex', args: { Analysis: 's.fastq' } },
	);
	expect(running).toMatchObject([{ error: expect.stringContaining('The analysis still runs') }]);
	expect(name).toMatchObject([{ error: expect.stringContaining('Analysis ID is not an ID') }]);
});

it('the model is told that results are cut, and that a job can cost money', async () => {
	await agent.call();
	const told = Object.fromEntries(
		agent.offered().map(({ name, description }) => [name, description]),
	);
	expect(told.Get_the_results_of_an_analysis_in_One_Codex).toMatch(/25 rows, the highest first/);
	expect(told.Run_a_job_in_One_Codex).toMatch(/can cost your account money each time/);
});
