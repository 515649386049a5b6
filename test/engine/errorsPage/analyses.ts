import type { INodeParameters } from 'n8n-workflow';

import {
	isAnalysisResults,
	isJobRun,
	startOneCodex,
	type FaultSchedule,
	type OneCodexStandIn,
} from '../../onecodex';
import { closedAfterTest } from '../closing';
import { run } from '../engine';
import { answer, startFront } from '../front';
import { byId, failing, faulty, ID, type Scenario, type Scenarios } from './failing';

const operation =
	(resource: string, name: string, defaults: INodeParameters = {}) =>
	(parameters: INodeParameters = {}): Scenario =>
	async () =>
		await failing({ resource, operation: name, ...defaults, ...parameters });

const getJob = (jobId: string) => operation('job', 'get')({ jobId: byId(jobId) });
const get = (analysisId: string) => operation('analysis', 'get')({ analysisId: byId(analysisId) });
const jobs = (filters: INodeParameters) => operation('job', 'getAll')({ filters });
const many = (filters: INodeParameters) => operation('analysis', 'getAll')({ filters });
const results = operation('analysis', 'getResults', { analysisId: byId(ID) });
const files = operation('analysis', 'downloadFiles', { analysisId: byId(ID) });
const rows = (filters: INodeParameters) => results({ filters });
const create = operation('project', 'create', { name: 'Ward 7' });

/** An operation on an analysis that One Codex has. */
const onAnalysis =
	(
		name: string,
		analysis: Omit<Parameters<OneCodexStandIn['seedAnalysis']>[0], 'sampleId'>,
		parameters: INodeParameters = {},
	): Scenario =>
	async () => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
		const { id } = oneCodex.seedAnalysis({ sampleId, ...analysis });
		const step = { resource: 'analysis', operation: name, analysisId: byId(id), ...parameters };
		return await failing(step, { credentials: oneCodex });
	};

/** Runs a job that takes one argument. */
const runWith =
	(parameters: INodeParameters): Scenario =>
	async () => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const properties = { depth: { type: 'integer' }, mode: { enum: ['fast', 'slow'] } };
		const argumentsSchema = { properties, required: ['depth'] };
		const { id } = oneCodex.seedJob({ name: 'AMR', argumentsSchema });
		const step = { resource: 'analysis', operation: 'run', jobId: byId(id), sampleId: byId(ID) };
		return await failing({ ...step, ...parameters }, { credentials: oneCodex });
	};

/** The answer is lost, and n8n runs the node once more. */
async function lostRun(): Promise<string> {
	const oneCodex = await faulty((request) =>
		isJobRun(request) ? { kind: 'reset', when: 'before' } : undefined,
	);
	const sample = oneCodex.seedSample({ filename: 's.fastq', classification: 'none' });
	const [job] = oneCodex.jobs;
	const step = { jobId: byId(job.id), sampleId: byId(sample.id) };
	const { error } = await run({
		credentials: oneCodex,
		items: [{ json: {} }],
		steps: [{ resource: 'analysis', operation: 'run', ...step }],
		node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
	});
	return String(error?.message);
}

/** Its link has expired, and by then the file is gone. */
async function goneFile(): Promise<string> {
	const oneCodex = closedAfterTest(await startOneCodex({ downloadLifetime: -1 }));
	const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
	const files = { 'a.txt': Buffer.from('a') };
	const { id } = oneCodex.seedAnalysis({ sampleId, files });
	let lists = 0;
	const front = await startFront(oneCodex.baseUrl, ({ url }, response) =>
		url!.endsWith('/file_details') && lists++ > 0 ? answer(response, 200, { files: [] }) : false,
	);
	const { baseUrl } = closedAfterTest(front);
	const step = { resource: 'analysis', operation: 'downloadFiles', analysisId: byId(id) };
	return await failing(step, { credentials: { apiKey: oneCodex.apiKey, baseUrl } });
}

async function withoutResults(): Promise<string> {
	const faults: FaultSchedule = (request) =>
		isAnalysisResults(request) ? { kind: 'status', status: 404 } : undefined;
	const oneCodex = await faulty(faults);
	const { classificationId } = oneCodex.seedSample({ filename: 's.fastq' });
	const analysisId = byId(String(classificationId));
	return await failing(
		{ resource: 'analysis', operation: 'getResults', analysisId },
		{ credentials: oneCodex },
	);
}

async function unclassified(): Promise<string> {
	const oneCodex = closedAfterTest(await startOneCodex());
	const { id } = oneCodex.seedSample({ filename: 's.fastq', classification: 'none' });
	const step = { resource: 'analysis', operation: 'get', analysisId: byId(id) };
	return await failing(step, { credentials: oneCodex });
}

const NOTHING = '={{ $json.missing }}';

/** What is refused of analyses, jobs and projects before anything is sent, and what their state says. */
export const analyses: Scenarios = {
	'Analysis ID is not an ID': get('={{ "XYZ" }}'),
	'Analysis ID is empty': get('={{ "" }}'),
	'Analysis ID is ..., not an ID': get(NOTHING),
	'Job ID is not an ID': getJob('={{ "XYZ" }}'),
	'Job ID is empty': getJob('={{ "" }}'),
	'Job ID is ..., not an ID': getJob('={{ [1, 2, 3] }}'),
	'Project ID is empty': operation('project', 'get')({ projectId: byId('={{ "" }}') }),
	'Name is ..., not text': create({ name: '={{ [1] }}' }),
	'Description is ..., not text': create({ description: '={{ [1] }}' }),
	'Name Contains is ...': jobs({ name: '={{ [1] }}' }),
	'Type is ...': jobs({ type: '={{ [1] }}' }),
	'Job is ...': many({ jobId: byId(NOTHING) }),
	'Sample is ...': many({ sampleId: byId(NOTHING) }),
	'Rank is ...': rows({ rank: NOTHING }),
	'Top must be ...': rows({ top: -1 }),
	'Min Read Count must be ...': rows({ minReadCount: 0.5 }),
	'Min Abundance must be ...': rows({ minAbundance: 5 }),
	'Exclude Host must be true or false': rows({ excludeHost: '={{ "no" }}' }),
	'Output must be one of ...': results({ output: '={{ "table" }}' }),
	'Filters: ...: not for an analysis of the type ...': onAnalysis(
		'getResults',
		{ type: 'panel' },
		{ filters: { rank: 'species' } },
	),
	'File Names is empty': files({ fileNames: ' , ' }),
	'File Names must be ...': files({ fileNames: '={{ ({ a: 1 }) }}' }),
	'The analysis has no file called "..."': onAnalysis(
		'downloadFiles',
		{ files: { 'a.txt': Buffer.from('a') } },
		{ fileNames: 'b.txt' },
	),
	'Arguments is not valid JSON': runWith({ arguments: '{"depth"' }),
	'Arguments is ..., not an object': runWith({ arguments: '[1]' }),
	'Arguments: "..." is missing': runWith({}),
	'Arguments: "..." must be of the type ...': runWith({ arguments: '{"depth": "5"}' }),
	'Arguments: "..." must be one of ...': runWith({ arguments: '{"depth": 5, "mode": "odd"}' }),
	'Wait must be true or false': runWith({ options: { wait: '={{ "no" }}' } }),
	'State must be one of ...': many({ state: '={{ "done" }}' }),

	'The analysis failed': onAnalysis('wait', { state: 'failed' }),
	'The analysis is not ready after ... minutes: ...': onAnalysis(
		'wait',
		{ state: 'running' },
		{ options: { timeout: 0 } },
	),
	'The analysis still runs': onAnalysis('getResults', { state: 'running' }),
	'The analysis has no results': withoutResults,
	'The analysis no longer has this file': goneFile,
	'It is not known whether the job was run in an earlier try': lostRun,
	'The sample has no classification yet': unclassified,
};
