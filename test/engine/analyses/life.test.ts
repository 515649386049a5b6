import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import recorded from '../../onecodex/recorded/answers.json';
import { startOneCodex, type OneCodexStandIn, type StandInAnalysis } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { run, type RunOptions } from '../engine';
import { answer, startFront } from '../front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 0 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

async function analysis(
	operation: string,
	parameters: INodeParameters = {},
	items: INodeExecutionData[] = [{ json: {} }],
	more: Partial<RunOptions> = {},
) {
	const { apiKey, baseUrl } = oneCodex;
	const steps = [{ resource: 'analysis', operation, ...parameters }];
	return await run({ credentials: { apiKey, baseUrl }, items, steps, ...more });
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const jsonOf = (result: Awaited<ReturnType<typeof run>>) =>
	result.outputs()[0].map(({ json }) => json);
const paths = () => oneCodex.requests.map(({ path }) => path.split('?')[0]);

/** A sample without a classification of its own, and analyses of it. */
function seedAnalysis(seed: Partial<Parameters<OneCodexStandIn['seedAnalysis']>[0]> = {}) {
	const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq', classification: 'none' });
	return oneCodex.seedAnalysis({ sampleId, ...seed });
}

describe('Get', () => {
	it.each(['running', 'succeeded', 'failed'] as const)('gives one that %s', async (state) => {
		const seeded = seedAnalysis({ state, type: 'panel', errorMsg: 'No reads.' });
		const result = await analysis('get', { analysisId: byId(seeded.id) });
		expect(result.error).toBeUndefined();
		const [json] = jsonOf(result);
		expect(Object.keys(json).slice(0, 2)).toEqual(['analysis_id', 'state']);
		expect(json).toMatchObject({
			analysis_id: seeded.id,
			state,
			$uri: `/api/v1/analyses/${seeded.id}`,
			analysis_type: 'panel',
			complete: state !== 'running',
			error_msg: state === 'failed' ? 'No reads.' : null,
			job: { $ref: `/api/v1/jobs/${seeded.jobId}` },
			sample: { $ref: `/api/v1/samples/${seeded.sampleId}` },
		});
	});

	it('of an old one that runs, success says nothing yet', async () => {
		const seeded = seedAnalysis({ state: 'running' });
		Object.assign(seeded, { success: true });
		const [json] = jsonOf(await analysis('get', { analysisId: byId(seeded.id) }));
		expect(json).toMatchObject({ state: 'running', complete: false, success: true });
	});

	it.each<[string, (seeded: StandInAnalysis) => unknown]>([
		['analysis_id', ({ id }) => ({ analysis_id: id })],
		['classification_id', ({ id }) => ({ classification_id: id })],
	])('needs no field after a step that gives %s', async (_, jsonFor) => {
		const seeded = seedAnalysis();
		const json = jsonFor(seeded) as INodeExecutionData['json'];
		const result = await analysis('get', {}, [{ json }]);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ analysis_id: seeded.id }]);
	});

	it.each<[string, (id: string) => unknown]>([
		['$uri of its type', (id) => `/api/v1/classifications/${id}`],
		['address', (id) => `https://app.onecodex.com/analyses/${id}?tab=1`],
		['reference', (id) => ({ $ref: `/api/v1/analyses/${id}` })],
		['item of Sample: Wait', (id) => ({ sample_id: '0123456789abcdef', classification_id: id })],
		[
			'sample that names it',
			(id) => ({
				$uri: '/api/v1/samples/0123456789abcdef',
				primary_classification: { $uri: `/api/v1/classifications/${id}` },
			}),
		],
	])('takes a %s', async (_, valueFor) => {
		const seeded = seedAnalysis();
		const items = [{ json: { it: valueFor(seeded.id) as string } }];
		const result = await analysis('get', { analysisId: byId('={{ $json.it }}') }, items);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ analysis_id: seeded.id }]);
	});

	it.each<[string, (id: string) => unknown]>([
		['bare ID', (id) => id],
		['reference', (id) => ({ $ref: `/api/v1/samples/${id}` })],
		['item of Get Many', (id) => ({ sample_id: id, classification_id: null })],
	])('of a sample, by its %s, takes the primary classification', async (_, valueFor) => {
		const sample = oneCodex.seedSample({ filename: 's.fastq' });
		const items = [{ json: { it: valueFor(sample.id) as string } }];
		const result = await analysis('get', { analysisId: byId('={{ $json.it }}') }, items);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ analysis_id: sample.classificationId }]);
	});

	it('of a sample that has none, says so, and the failed item has its ID', async () => {
		const sample = oneCodex.seedSample({ filename: 's.fastq', classification: 'none' });
		const result = await analysis('get', { analysisId: byId(sample.id) }, undefined, {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result)).toEqual([
			{
				error: `The sample has no classification yet [sample ${sample.id}, item 0]`,
				details: { sample_id: sample.id },
			},
		]);
	});

	it('of what nobody knows, names the analysis, and the failed item has its ID', async () => {
		const result = await analysis('get', { analysisId: byId('0123456789abcdef') }, undefined, {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result)).toEqual([
			{
				error: expect.stringMatching(
					/^One Codex does not know this.* \[analysis 0123456789abcdef, item 0\]$/,
				),
				details: { analysis_id: '0123456789abcdef', httpCode: 404 },
			},
		]);
	});

	it.each([undefined, null, '', 'XYZ', [1], '/api/v1/jobs/0123456789abcdef'])(
		'refuses %j before any request',
		async (it) => {
			const items = [{ json: { it: it as string } }];
			const { error } = await analysis('get', { analysisId: byId('={{ $json.it }}') }, items);
			expect(error?.message).toMatch(/^Analysis ID is (not an ID|empty|.*, not an ID)/);
			expect(oneCodex.requests).toEqual([]);
		},
	);
});

describe('Get Many', () => {
	const ids = async (parameters: INodeParameters) => {
		const result = await analysis('getAll', { returnAll: true, ...parameters });
		expect(result.error).toBeUndefined();
		return jsonOf(result).map(({ analysis_id }) => analysis_id);
	};

	it('simplified, it has what most people want', async () => {
		const seeded = seedAnalysis({ type: 'mlst', createdAt: '2026-01-01T00:00:00Z' });
		const expected = {
			analysis_id: seeded.id,
			analysis_type: 'mlst',
			state: 'succeeded',
			complete: true,
			success: true,
			error_msg: null,
			created_at: '2026-01-01T00:00:00Z',
			updated_at: seeded.updatedAt,
			job_id: seeded.jobId,
			sample_id: seeded.sampleId,
		};
		expect(jsonOf(await analysis('getAll'))).toEqual([expected]);
		// The list of a type does not say which it is.
		expect(jsonOf(await analysis('getAll', { type: 'mlst' }))).toEqual([expected]);
		const [whole] = jsonOf(await analysis('getAll', { simplify: false }));
		expect(whole).toMatchObject({ analysis_id: seeded.id, state: 'succeeded', cost: null });
	});

	it('lists each type by its own list, and one without a list among all', async () => {
		const types = {
			alignment: 'alignments',
			classification: 'classifications',
			control: 'controls',
			functional: 'functional_profiles',
			mlst: 'mlsts',
			panel: 'panels',
			report: 'reports',
			workflow: 'workflows',
			assembly_run: 'analyses',
		};
		const seeded = Object.keys(types).map((type) => [type, seedAnalysis({ type }).id]);
		for (const [type, id] of seeded) expect([type, await ids({ type })]).toEqual([type, [id]]);
		expect(paths()).toEqual(Object.values(types).map((collection) => `/api/v1/${collection}`));
		expect(await ids({})).toHaveLength(seeded.length);
		expect(await ids({ type: '={{ "typing" }}' })).toEqual([]);
	});

	it('filters at the service, each filter on the wire and in its effect', async () => {
		const running = seedAnalysis({ state: 'running', createdAt: '2026-01-01T00:00:00Z' });
		Object.assign(running, { success: true });
		const failed = seedAnalysis({ state: 'failed', createdAt: '2026-01-02T00:00:00Z' });
		const job = oneCodex.seedJob({ name: 'AMR', type: 'panel' });
		const done = seedAnalysis({ jobId: job.id, createdAt: '2026-02-01T00:00:00Z' });
		const filters: Array<[INodeParameters, string[], unknown]> = [
			[{ state: 'running' }, [running.id], { complete: false }],
			[{ state: 'failed' }, [failed.id], { complete: true, success: false }],
			[{ state: 'succeeded' }, [done.id], { complete: true, success: true }],
			[{ jobId: byId(job.id) }, [done.id], { job: { $ref: `/api/v1/jobs/${job.id}` } }],
			[
				{ sampleId: byId(failed.sampleId) },
				[failed.id],
				{ sample: { $ref: `/api/v1/samples/${failed.sampleId}` } },
			],
			[
				{ createdAfter: '2026-01-01T12:00:00Z', createdBefore: '2026-01-03T00:00:00Z' },
				[failed.id],
				{ created_at: { $between: ['2026-01-01T12:00:00.000Z', '2026-01-03T00:00:00.000Z'] } },
			],
			[{ sampleId: byId('') }, [done.id, failed.id, running.id], {}],
		];
		for (const [one, expected, where] of filters) {
			oneCodex.requests.length = 0;
			expect([one, await ids({ filters: one })]).toEqual([one, expected]);
			const { searchParams } = new URL(oneCodex.requests[0].path, 'https://x');
			expect(JSON.parse(searchParams.get('where') ?? '{}')).toEqual(where);
		}
		expect(await ids({ filters: { state: 'failed' }, type: 'classification' })).toEqual([
			failed.id,
		]);
		expect(await ids({ options: { sort: 'oldest' } })).toEqual([running.id, failed.id, done.id]);
	});

	it.each<[INodeParameters, string]>([
		[{ filters: { sampleId: byId('={{ $json.missing }}') } }, 'Sample is undefined'],
		[{ filters: { jobId: byId('={{ "AMR" }}') } }, 'Job ID is not an ID'],
		[{ filters: { state: '={{ "done" }}' } }, 'State must be one of running, succeeded, failed'],
		[{ options: { sort: '={{ "largest" }}' } }, 'Sort must be one of newest, oldest'],
	])('refuses %j before any request', async (parameters, message) => {
		const { error } = await analysis('getAll', parameters);
		expect(error?.message).toMatch(new RegExp(`^${message}`));
		expect(oneCodex.requests).toEqual([]);
	});

	it.each([
		['GET /api/v1/analyses', ''],
		['GET /api/v1/analyses/public', ''],
		['GET /api/v1/classifications', 'classification'],
		['GET /api/v1/functional_profiles', 'functional'],
		['GET /api/v1/alignments', 'alignment'],
		['GET /api/v1/panels', 'panel'],
		['GET /api/v1/mlsts', 'mlst'],
		['GET /api/v1/workflows', 'workflow'],
	])('what was recorded of %s comes through', async (route, type) => {
		const list = (recorded as unknown as Record<string, object[]>)[route];
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (_, response) => answer(response, 200, list)),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const parameters = { returnAll: true, ...(type && { type }) };
		const simple = await analysis('getAll', parameters, undefined, { credentials });
		expect(simple.error).toBeUndefined();
		for (const json of jsonOf(simple)) {
			expect(json).toMatchObject({
				analysis_id: expect.stringMatching(/^\w{16}$/),
				analysis_type: type || expect.any(String),
				state: expect.stringMatching(/^(succeeded|failed)$/),
				job_id: expect.stringMatching(/^\w{16}$/),
				sample_id: expect.stringMatching(/^\w{16}$/),
			});
		}
		const whole = await analysis('getAll', { ...parameters, simplify: false }, undefined, {
			credentials,
		});
		expect(jsonOf(whole)).toMatchObject(list);
	});
});

describe('Wait', () => {
	const waitFor = async (id: string, parameters: INodeParameters = {}, more = {}) =>
		await analysis('wait', { analysisId: byId(id), ...parameters }, undefined, more);

	it('gives out at once what has ended', async () => {
		const seeded = seedAnalysis();
		const result = await waitFor(seeded.id);
		expect(jsonOf(result)).toMatchObject([{ analysis_id: seeded.id, state: 'succeeded' }]);
		expect(oneCodex.requests).toHaveLength(1);
	});

	it('waits for one that runs', async () => {
		const seeded = seedAnalysis({ state: 'running' });
		setTimeout(() => oneCodex.endAnalysis(seeded.id), 1_000);
		const result = await waitFor(seeded.id);
		expect(jsonOf(result)).toMatchObject([{ analysis_id: seeded.id, state: 'succeeded' }]);
		expect(oneCodex.requests).toHaveLength(2);
	});

	it('says what failed and that it may still succeed, or gives it out', async () => {
		const failed = seedAnalysis({ state: 'failed', errorMsg: 'No reads.' });
		const { error } = await waitFor(failed.id);
		expect(error?.message).toBe(`The analysis failed: No reads. [analysis ${failed.id}, item 0]`);
		expect(error?.description).toMatch(/may try it again by itself.*may still succeed/);
		const given = await waitFor(failed.id, { options: { failOnFailure: false } });
		expect(jsonOf(given)).toMatchObject([{ state: 'failed', error_msg: 'No reads.' }]);
	});

	it('ends at its time limit, and says how it stands', async () => {
		const running = seedAnalysis({ state: 'running' });
		const { error } = await waitFor(running.id, { options: { timeout: 0.02 } });
		expect(error?.message).toMatch(
			/^The analysis is not ready after 0\.02 minutes: it still runs \[analysis/,
		);
		const given = await waitFor(running.id, { options: { timeout: 0, failOnFailure: false } });
		expect(jsonOf(given)).toMatchObject([{ state: 'running' }]);
	});

	it('is stopped by a cancel within two seconds', async () => {
		const running = seedAnalysis({ state: 'running' });
		let stoppedAt = 0;
		const onStart = (cancel: () => void) =>
			setTimeout(() => {
				stoppedAt = Date.now();
				cancel();
			}, 500);
		const result = await waitFor(running.id, {}, { onStart });
		expect(result.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(2_000);
	});

	it('waits for many side by side, and one that fails costs the others nothing', async () => {
		const seeded = [
			seedAnalysis({ state: 'running' }),
			seedAnalysis({ state: 'failed' }),
			seedAnalysis({ state: 'running' }),
		];
		setTimeout(() => [seeded[0], seeded[2]].forEach(({ id }) => oneCodex.endAnalysis(id)), 1_000);
		const items = seeded.map(({ id }) => ({ json: { analysis_id: id } }));
		const result = await analysis('wait', {}, items, { onError: 'continueRegularOutput' });
		expect(jsonOf(result)).toMatchObject([
			{ state: 'succeeded' },
			{
				error: expect.stringMatching(/^The analysis failed/),
				details: { analysis_id: seeded[1].id },
			},
			{ state: 'succeeded' },
		]);
	});
});
