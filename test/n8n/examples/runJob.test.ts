import { randomBytes } from 'node:crypto';

import { isJobRun, type StandInJob } from '../../onecodex';
import { startS3rver, type S3rver } from '../../s3Server';
import { ask } from '../../ask';
import { exampleWorkflow, filledIn } from '../examples';
import { begins } from '../trigger/watched';
import { until } from '../until';
import { often } from '../workflow';
import { startExample, type RunningExample } from './running';

jest.setTimeout(600_000);

const example = exampleWorkflow('run-job-on-new-samples');

/** What the job writes: also in a folder, and nothing at all. */
const OUTPUT = {
	'report.pdf': randomBytes(300_000),
	'tables/Gene (1).tsv': Buffer.from('gene\treads\n'),
	'tables/empty.tsv': Buffer.alloc(0),
};

let s3: S3rver;
let running: RunningExample;
let job: StandInJob;
let projectId: string;
let isRefused: typeof isJobRun | undefined;

const fromList = (value: string) => ({ __rl: true, mode: 'list', value });

beforeAll(async () => {
	s3 = await startS3rver('your-bucket');
	running = await startExample(
		example,
		{ s3: s3.credential },
		{
			faults: (request) => (isRefused?.(request) ? { kind: 'status', status: 403 } : undefined),
			runSteps: { running: 2_000, files: OUTPUT },
		},
	);
	const { service } = running;
	job = service.seedJob({ name: 'Resistance', type: 'workflow' });
	projectId = service.seedProject({ name: 'Ward 7' }).id;
});

beforeEach(() => {
	isRefused = undefined;
});

afterAll(async () => {
	await running?.close();
	await s3?.close();
});

const arrives = (filename: string, project?: string) =>
	running.service.seedSample({ filename, projectId: project, classification: 'none' });

/** The runs of the job on a sample. */
const runsOn = ({ id }: { id: string }) =>
	running.service.analyses.filter(({ sampleId, jobId }) => sampleId === id && jobId === job.id);

async function stored(key: string): Promise<Buffer | undefined> {
	const answer = await ask(`${s3.url}/your-bucket/${encodeURI(key)}`);
	return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
}

/** What is in the bucket for a sample, of what its only run wrote. */
async function filesOf(filename: string, sample: { id: string }) {
	const [run, ...others] = runsOn(sample);
	expect(others).toEqual([]);
	const paths = Object.keys(OUTPUT);
	const all = paths.map(async (path) => [path, await stored(`${filename}/${run.id}/${path}`)]);
	return Object.fromEntries(await Promise.all(all)) as Record<string, Buffer | undefined>;
}

/** How the executions have ended, once there are so many: the first first. */
async function ended(count: number) {
	const all = async () => await running.client.ended(example.id);
	await until(`${count} executions`, async () => (await all()).length >= count);
	return (await all()).reverse();
}

it('says what to fill in, before it runs anything', async () => {
	const { resultData } = await running.client.run(example.id, 'New sample');
	expect(resultData.error?.message).toMatch(/is not an ID/);
	expect(running.service.requests).toEqual([]);
});

it('runs the job on each new sample of the project, and puts its files into S3', async () => {
	const { service, client } = running;
	arrives('before.fastq', projectId);
	const nodes = Object.fromEntries(example.nodes.map((node) => [node.name, node.parameters]));
	await client.changeWorkflow(
		filledIn(example, {
			'New sample': {
				...nodes['New sample'],
				pollTimes: often(3),
				filters: { projectId: fromList(projectId) },
			},
			'Run the job': { ...nodes['Run the job'], jobId: fromList(job.id) },
		}),
	);
	const before = service.requests.length;
	await client.activate(example.id);
	await begins(service, 'sampleAvailable', { before, values: [projectId] });

	const elsewhere = arrives('elsewhere.fastq');
	const samples = ['stool 1.fastq', 'stool 2.fastq'].map((name) => ({
		name,
		sample: arrives(name, projectId),
	}));

	const [, { status }] = await ended(2);
	expect(status).toBe('success');
	for (const { name, sample } of samples) expect(await filesOf(name, sample)).toEqual(OUTPUT);
	expect(runsOn(elsewhere)).toEqual([]);
	expect(service.analyses.filter(({ jobId }) => jobId === job.id)).toHaveLength(2);
});

it('what fails is told at the end, and holds up no other sample', async () => {
	const { service, client } = running;
	const before = (await ended(2)).length;
	let refusals = 0;
	isRefused = (request) => isJobRun(request) && refusals++ === 0;
	const names = ['a.fastq', 'b.fastq'];
	const samples = names.map((name) => arrives(name, projectId));

	const execution = (await ended(before + 1))[before];
	const { resultData } = await client.result(execution.id);
	const refused = samples.findIndex((sample) => runsOn(sample).length === 0);
	const { filename, id } = samples[refused];
	expect(resultData.error?.message).toMatch(new RegExp(`^${filename} \\(sample ${id}\\): .+`));
	expect(await filesOf(names[1 - refused], samples[1 - refused])).toEqual(OUTPUT);
	expect(service.analyses.filter(({ jobId }) => jobId === job.id)).toHaveLength(3);
});

it('a job and a bucket that fail are told together', async () => {
	const { client } = running;
	const before = (await ended(3)).length;
	let refusals = 0;
	isRefused = (request) => isJobRun(request) && refusals++ === 0;
	const samples = ['c.fastq', 'd.fastq'].map((name) => arrives(name, projectId));
	await until('a job has run', () => samples.some((sample) => runsOn(sample).length > 0));
	await s3.stop();

	const execution = (await ended(before + 1))[before];
	const { resultData } = await client.result(execution.id);
	const names = resultData.error?.message.split('\n').map((line) => line.split(' ')[0]) ?? [];
	const refused = samples.find((sample) => runsOn(sample).length === 0)?.filename;
	const other = samples.find((sample) => runsOn(sample).length > 0)?.filename;
	// Those of the bucket come first, one for each file.
	expect(names).toEqual([...Object.keys(OUTPUT).map(() => other), refused]);
	await s3.start();
});
