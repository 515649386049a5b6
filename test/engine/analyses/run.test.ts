import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	faultsInTurn,
	isAnalysisGet,
	isJobRun,
	startOneCodex,
	type Fault,
	type FaultSchedule,
	type OneCodexStandIn,
	type RecordedRequest,
	type RunSteps,
	type StandInOptions,
} from '../../onecodex';
import { closedAfterTest } from '../closing';
import { run, type Run, type RunOptions } from '../engine';
import { sideBySide } from '../sideBySide';

const SCHEMA = {
	type: 'object',
	required: ['depth', 'reference'],
	properties: {
		depth: { type: 'integer' },
		reference: { type: 'string', default: 'GRCh38' },
		mode: { enum: ['fast', 'slow'] },
		threshold: { type: ['number', 'null'] },
		genes: { type: 'array' },
		strict: { type: 'boolean' },
	},
};

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

async function withJob(options: StandInOptions = {}, argumentsSchema: object = {}) {
	const oneCodex = closedAfterTest(await startOneCodex({ requestsPerSecond: 0, ...options }));
	const job = oneCodex.seedJob({
		name: 'AMR',
		type: 'workflow',
		argumentsSchema: argumentsSchema as Record<string, unknown>,
	});
	const sample = oneCodex.seedSample({ filename: 's.fastq', classification: 'none' });
	return { oneCodex, job, sample };
}

type Scene = Awaited<ReturnType<typeof withJob>>;

async function runJob(
	{ oneCodex, job, sample }: Scene,
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<Run> {
	const { apiKey, baseUrl } = oneCodex;
	const step = { resource: 'analysis', operation: 'run', jobId: byId(job.id) };
	return await run({
		credentials: { apiKey, baseUrl },
		items: [{ json: { sample_id: sample.id } }],
		steps: [{ ...step, ...parameters }],
		...more,
	});
}

const jsonOf = (result: Run) => result.outputs()[0].map(({ json }) => json);
const isRun = (request: RecordedRequest) => isJobRun(request);
const bodies = ({ requests }: OneCodexStandIn) => requests.filter(isRun).map(({ body }) => body);

it('a job is run on the sample of the step before, and its analysis given out', async () => {
	const scene = await withJob({ runSteps: { running: Infinity } });
	const result = await runJob(scene);
	expect(result.error).toBeUndefined();
	const [analysis] = scene.oneCodex.analyses;
	const [json] = jsonOf(result);
	expect(Object.keys(json)[0]).toBe('analysis_id');
	expect(json).toMatchObject({
		analysis_id: analysis.id,
		state: 'running',
		analysis_type: 'workflow',
		job: { $ref: `/api/v1/jobs/${scene.job.id}` },
		sample: { $ref: `/api/v1/samples/${scene.sample.id}` },
	});
	expect(bodies(scene.oneCodex)).toEqual([
		{ sample: { $ref: `/api/v1/samples/${scene.sample.id}` }, job_args: {} },
	]);
});

describe('Wait', () => {
	const steps = async (runSteps: RunSteps, options: INodeParameters) =>
		await runJob(await withJob({ runSteps }), { options });

	it('waits until it has ended', async () => {
		const result = await steps({ running: 300 }, { wait: true });
		expect(jsonOf(result)).toMatchObject([{ state: 'succeeded' }]);
	});

	it('says what failed, with the ID of the analysis', async () => {
		const { error } = await steps({ fails: true, errorMsg: 'No reads.' }, { wait: true });
		expect(error?.message).toMatch(
			/^The analysis failed: No reads\. \[sample \w{16}, analysis \w{16}, job \w{16}, item 0\]$/,
		);
	});

	it('ends at its time limit', async () => {
		const { error } = await steps({ running: Infinity }, { wait: true, timeout: 0 });
		expect(error?.message).toMatch(/^The analysis is not ready after 0 minutes: it still runs/);
	});
});

describe('arguments are checked against the schema of the job before it is run', () => {
	it.each<[unknown]>([
		['{"depth": 5}'],
		['={{ { depth: 5, mode: "fast", threshold: null, genes: ["a"], strict: false } }}'],
		['={{ JSON.stringify({ depth: 5, reference: "T2T", threshold: 0.5 }) }}'],
	])('%j is taken', async (given) => {
		const scene = await withJob({}, SCHEMA);
		const result = await runJob(scene, { arguments: given as string });
		expect(result.error).toBeUndefined();
		expect(scene.oneCodex.analyses).toMatchObject([{ jobArgs: { depth: 5 } }]);
	});

	it.each<[unknown, string]>([
		['{}', '"depth" is missing'],
		['', '"depth" is missing'],
		['{"depth": "5"}', '"depth" must be of the type integer, not "5"'],
		['{"depth": 5.5}', '"depth" must be of the type integer, not the number 5.5'],
		['{"depth": 5, "mode": "odd"}', '"mode" must be one of "fast", "slow", not "odd"'],
		['{"depth": 5, "threshold": "x"}', '"threshold" must be of the type number or null, not "x"'],
		['{"depth": 5, "genes": {}}', '"genes" must be of the type array, not an object'],
		['{"depth": 5, "strict": 1}', '"strict" must be of the type boolean, not the number 1'],
		['{"depth": 5, "reference": null}', '"reference" must be of the type string, not null'],
	])('%j is refused: %s', async (given, message) => {
		const scene = await withJob({}, SCHEMA);
		const { error } = await runJob(scene, { arguments: given as string });
		expect(error?.message.startsWith(`Arguments: ${message}`)).toBe(true);
		expect(error?.description).toMatch(
			/The job takes depth \(integer, required\), .*mode \(one of/,
		);
		expect(bodies(scene.oneCodex)).toEqual([]);
	});

	it('of a schema in groups, too', async () => {
		const input = { required: ['depth'], properties: { depth: { type: 'integer' } } };
		// Not a group, but what an argument is made of.
		const point = { required: ['x'], properties: { x: { type: 'number' } } };
		const definitions = { input, point };
		const schemas = [
			{ definitions, allOf: [{ $ref: '#/definitions/input' }] },
			{ definitions: { input } },
		];
		for (const schema of schemas) {
			const scene = await withJob({}, schema);
			const { error } = await runJob(scene);
			expect(error?.message).toMatch(/^Arguments: "depth" is missing/);
			const result = await runJob(scene, { arguments: '{"depth": 1}' });
			expect(result.error).toBeUndefined();
		}
	});

	it('what the node does not check, One Codex does, and its words come through', async () => {
		const scene = await withJob({}, SCHEMA);
		const { error } = await runJob(scene, { arguments: '{"depth": 1, "width": 1}' });
		expect(error?.message).toMatch(/^One Codex did not accept the request: job_args\.width/);
	});

	it.each<[INodeParameters, string]>([
		[{ arguments: '{"depth"' }, 'Arguments is not valid JSON'],
		[{ arguments: '[1]' }, 'Arguments is a list of 1, not an object'],
		[{ arguments: '={{ $json.missing }}' }, 'Arguments is undefined, not an object'],
		[{ jobId: byId('={{ "AMR" }}') }, 'Job ID is not an ID'],
		[{ sampleId: byId('={{ "s.fastq" }}') }, 'Sample ID is not an ID'],
		[{ options: { wait: '={{ "no" }}' } }, 'Wait must be true or false'],
		[{ options: { timeout: -1 } }, 'Timeout must be a number of minutes'],
	])('%j is refused before any request', async (parameters, message) => {
		const scene = await withJob();
		const { error } = await runJob(scene, parameters);
		expect(error?.message.startsWith(message)).toBe(true);
		expect(scene.oneCodex.requests).toEqual([]);
	});

	it('one item with wrong arguments stops the run before the first job is run', async () => {
		const scene = await withJob({}, SCHEMA);
		const items = [5, 'many', 7].map((depth) => ({ json: { sample_id: scene.sample.id, depth } }));
		const given = { arguments: '={{ { depth: $json.depth } }}' };
		const stopped = await runJob(scene, given, { items });
		expect(stopped.error?.message).toMatch(/^Arguments: "depth" must be .* item 1\]$/);
		expect(bodies(scene.oneCodex)).toEqual([]);

		const continued = await runJob(scene, given, { items, onError: 'continueRegularOutput' });
		expect(jsonOf(continued).map(({ state, error }) => state ?? error)).toEqual([
			'succeeded',
			expect.stringMatching(/^Arguments: "depth"/),
			'succeeded',
		]);
		expect(continued.outputs()[0][1].json.details).toEqual({
			sample_id: scene.sample.id,
			job_id: scene.job.id,
		});
		expect(scene.oneCodex.analyses).toHaveLength(2);
	});
});

const lost: Array<[Fault]> = [
	[{ kind: 'reset', when: 'after' }],
	[{ kind: 'truncated' }],
	[{ kind: 'malformed' }],
];
const surelyRefused: Array<[Fault]> = [
	[{ kind: 'status', status: 429, retryAfter: '0' }],
	[{ kind: 'refuse', ms: 10 }],
];

describe('exactly one analysis where', () => {
	sideBySide(lost)('the answer is lost (%j): the newest since then decides', async (fault) => {
		const scene = await withJob({ faults: faultsInTurn(isJobRun, fault) });
		const { oneCodex, job, sample } = scene;
		// An older one of the same job and sample is not taken for it.
		const before = oneCodex.seedAnalysis({
			sampleId: sample.id,
			jobId: job.id,
			createdAt: new Date(Date.now() - 60_000).toISOString(),
		});
		const result = await runJob(scene);
		expect(result.error).toBeUndefined();
		expect(oneCodex.analyses).toHaveLength(2);
		const [{ analysis_id }] = jsonOf(result);
		expect(analysis_id).not.toBe(before.id);
		expect(oneCodex.analysis(String(analysis_id)).jobId).toBe(job.id);
		expect(bodies(oneCodex)).toHaveLength(1);
	});

	sideBySide(surelyRefused)('it was surely not carried out (%j)', async (fault) => {
		const refuses: FaultSchedule = faultsInTurn(isJobRun, fault);
		const scene = await withJob({ faults: refuses });
		const result = await runJob(scene);
		expect(result.error).toBeUndefined();
		expect(scene.oneCodex.analyses).toHaveLength(1);
	});

	it('several items run the same job on the same sample, and an answer is lost', async () => {
		const faults = faultsInTurn(isJobRun, undefined, { kind: 'reset', when: 'after' });
		const scene = await withJob({ faults });
		const items = [1, 2, 3].map(() => ({ json: { sample_id: scene.sample.id } }));
		const result = await runJob(scene, {}, { items });
		expect(result.error).toBeUndefined();
		const ids = jsonOf(result).map(({ analysis_id }) => analysis_id);
		expect(new Set(ids).size).toBe(3);
		expect(scene.oneCodex.analyses.map(({ id }) => id).sort()).toEqual([...ids].sort());
	});
});

it('where nothing tells whether it runs, the error says to look, and it is not sent again', async () => {
	const scene = await withJob({
		faults: faultsInTurn(isJobRun, { kind: 'reset', when: 'before' }),
	});
	const { error } = await runJob(scene);
	expect(error?.message).toMatch(/^The connection was closed early/);
	expect(error?.description).toMatch(
		/It may run all the same\. .*look in One Codex for a new analysis of this sample: it can cost money twice/,
	);
	expect(bodies(scene.oneCodex)).toHaveLength(1);
	expect(scene.oneCodex.analyses).toEqual([]);
});

it.each([402, 403, 404, 400])(
	'a refusal with %i is told as that, and not sent again',
	async (status) => {
		const scene = await withJob({ faults: faultsInTurn(isJobRun, { kind: 'status', status }) });
		const { error } = await runJob(scene);
		expect(error?.httpCode).toBe(String(status));
		expect(bodies(scene.oneCodex)).toHaveLength(1);
	},
);

describe('where n8n runs the node again', () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

	it('what was begun is taken up, and not begun a second time', async () => {
		// The look at the analysis that was begun fails for good, once.
		const scene = await withJob({
			faults: faultsInTurn(isAnalysisGet, { kind: 'status', status: 403 }),
		});
		const result = await runJob(scene, { options: { wait: true } }, { node });
		expect(result.error).toBeUndefined();
		expect(bodies(scene.oneCodex)).toHaveLength(1);
		expect(jsonOf(result)).toMatchObject([{ analysis_id: scene.oneCodex.analyses[0].id }]);
	});

	it('a request whose answer was lost is looked for, and not sent a second time', async () => {
		const scene = await withJob({
			faults: faultsInTurn(isJobRun, { kind: 'reset', when: 'before' }),
		});
		const { error } = await runJob(scene, {}, { node: { ...node, maxTries: 2 } });
		expect(error?.message).toMatch(
			/^It is not known whether the job was run in an earlier try \[sample/,
		);
		expect(error?.description).toMatch(/look in One Codex for a new analysis/);
		expect(bodies(scene.oneCodex)).toHaveLength(1);
	});

	it('one that came late is found by the next try', async () => {
		const scene = await withJob({
			faults: faultsInTurn(isJobRun, { kind: 'reset', when: 'before' }),
		});
		const { oneCodex, job, sample } = scene;
		setTimeout(() => oneCodex.seedAnalysis({ sampleId: sample.id, jobId: job.id }), 7_300);
		const result = await runJob(scene, {}, { node: { ...node, maxTries: 2 } });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ analysis_id: oneCodex.analyses[0].id }]);
		expect(bodies(oneCodex)).toHaveLength(1);
	});

	it('what another item began is not taken for one whose answer was lost', async () => {
		const lost: Fault = { kind: 'reset', when: 'before' };
		const scene = await withJob({ faults: faultsInTurn(isJobRun, undefined, lost) });
		const { oneCodex, job, sample } = scene;
		const items = [1, 2].map(() => ({ json: { sample_id: sample.id } }));
		const { error } = await runJob(scene, {}, { items, node: { ...node, maxTries: 2 } });
		expect(error?.message).toMatch(/^It is not known whether the job was run.* item 1\]$/);
		expect(oneCodex.analyses.filter(({ jobId }) => jobId === job.id)).toHaveLength(1);
		expect(bodies(oneCodex)).toHaveLength(2);
	});

	/** Two samples, of which the second cannot be paid for at first. */
	async function withSecondRefused() {
		const scene = await withJob({
			faults: faultsInTurn(isJobRun, undefined, { kind: 'status', status: 402 }),
		});
		const samples = [
			scene.sample,
			scene.oneCodex.seedSample({ filename: 'b.fastq', classification: 'none' }),
		];
		const items: INodeExecutionData[] = samples.map(({ id }) => ({ json: { sample_id: id } }));
		return { scene, items };
	}

	it('one item of several fails: the others are not begun again', async () => {
		const { scene, items } = await withSecondRefused();
		const result = await runJob(scene, {}, { items, node });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toHaveLength(2);
		expect(bodies(scene.oneCodex)).toHaveLength(3);
		expect(scene.oneCodex.analyses).toHaveLength(2);
	});

	it('without a retry the error names what was begun for others', async () => {
		const { scene, items } = await withSecondRefused();
		const { error } = await runJob(scene, {}, { items });
		const [begun] = scene.oneCodex.analyses;
		expect(error?.description).toContain(`Done before it: analysis ${begun.id}.`);
	});

	it('n8n’s Retry button takes up what runs, and begins anew what failed', async () => {
		const scene = await withJob({ runSteps: { running: Infinity } });
		const options = { options: { wait: true, timeout: 0 } };
		const first = await runJob(scene, options);
		expect(first.error?.message).toMatch(/^The analysis is not ready/);
		const second = await runJob(scene, options, { retryOf: first });
		expect(second.error?.message).toMatch(/^The analysis is not ready/);
		expect(bodies(scene.oneCodex)).toHaveLength(1);
		scene.oneCodex.endAnalysis(scene.oneCodex.analyses[0].id, { success: false });
		await runJob(scene, options, { retryOf: first });
		expect(bodies(scene.oneCodex)).toHaveLength(2);
	});
});

it('the job is asked for once, however many items run it', async () => {
	const scene = await withJob();
	const items = Array.from({ length: 5 }, () => ({ json: { sample_id: scene.sample.id } }));
	const result = await runJob(scene, {}, { items });
	expect(jsonOf(result)).toHaveLength(5);
	const asked = scene.oneCodex.requests.filter(
		({ path }) => path === `/api/v1/jobs/${scene.job.id}`,
	);
	expect(asked).toHaveLength(1);
});
