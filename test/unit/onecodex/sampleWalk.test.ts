import { type OneCodexStandIn, type SampleSteps, startOneCodex } from '../../onecodex';
import { apiClient, until } from './client';

let steps: SampleSteps;
let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0, sampleSteps: () => steps });
});
afterAll(() => standIn.close());
afterEach(() => standIn.reset());

const BY_HAND = {
	importing: Infinity,
	validating: Infinity,
	queued: Infinity,
	classifying: Infinity,
};

async function imported(): Promise<string> {
	const body = { uri: 'https://lab.example/a.fq' };
	const { text } = await apiClient(standIn).post('/samples/import', body);
	return (JSON.parse(text) as { $uri: string }).$uri.slice(-16);
}

const get = async (path: string) => {
	const { text } = await apiClient(standIn).get(path);
	return JSON.parse(text) as Record<string, unknown>;
};
const stateOf = async (id: string) => {
	const { status, visibility, error_msg, primary_classification } = await get(`/samples/${id}`);
	return [status, visibility, error_msg, primary_classification];
};

test('by hand, step by step: what is not there yet, what runs, and what is done', async () => {
	steps = BY_HAND;
	const id = await imported();
	const sample = standIn.sample(id);
	expect(await stateOf(id)).toEqual(['importing', 'importing', null, null]);
	sample.advance();
	expect(await stateOf(id)).toEqual(['validating', 'importing', null, null]);
	sample.advance();
	expect(await stateOf(id)).toEqual(['available', 'private', null, null]);
	expect(await get('/classifications')).toEqual([]);
	sample.advance();
	const $ref = `/api/v1/classifications/${sample.classificationId}`;
	expect(await stateOf(id)).toEqual(['available', 'private', null, { $ref }]);
	const running = {
		complete: false,
		success: false,
		updated_at: null,
		sample: { $ref: `/api/v1/samples/${id}` },
		job: { $ref: `/api/v1/jobs/${standIn.jobs[0].id}` },
	};
	expect(await get($ref.replace('/api/v1', ''))).toMatchObject({ $uri: $ref, ...running });
	sample.advance();
	const done = { ...running, complete: true, success: true, updated_at: expect.any(String) };
	expect(await get('/classifications')).toEqual([expect.objectContaining({ $uri: $ref, ...done })]);
	expect(await get('/analyses')).toEqual([
		expect.objectContaining({
			$uri: $ref.replace('classifications', 'analyses'),
			analysis_type: 'classification',
			...done,
		}),
	]);
	const before = sample.updatedAt;
	sample.advance();
	expect([sample.updatedAt, sample.status]).toEqual([before, 'available']);
});

test('a file that is no reads fails, and is never classified', async () => {
	steps = { fails: 'validation', errorMsg: 'Not a FASTQ file.' };
	const id = await imported();
	expect(await stateOf(id)).toEqual(['failed_validation', 'private', 'Not a FASTQ file.', null]);
	expect(standIn.analyses).toEqual([]);
});

test('a classification that fails leaves its sample available, and is not said to have been updated', async () => {
	steps = { fails: 'classification' };
	const id = await imported();
	expect(await stateOf(id)).toMatchObject([
		'available',
		'private',
		null,
		{ $ref: expect.any(String) },
	]);
	expect(await get('/classifications')).toMatchObject([
		{
			complete: true,
			success: false,
			updated_at: null,
			error_msg: expect.stringContaining('file'),
		},
	]);
});

test('by the clock: each step takes its time, and the times are those at which it was due', async () => {
	steps = { importing: 60, validating: 60, classifying: 60 };
	const id = await imported();
	const sample = standIn.sample(id);
	expect(['importing', 'validating', 'available']).toContain(sample.status);
	await until(() => sample.status === 'available');
	const [analysis] = standIn.analyses;
	const since = Date.parse(analysis.createdAt) - Date.parse(sample.createdAt);
	expect(since).toBeGreaterThanOrEqual(119);
	expect(since).toBeLessThan(200);
	await until(() => sample.classificationId !== null && analysis.complete);
	expect(Date.parse(String(analysis.updatedAt)) - Date.parse(analysis.createdAt)).toBe(60);
});

test('a seeded sample stays where it was seeded', async () => {
	const seeds = [
		standIn.seedSample({ status: 'awaiting_data' }),
		standIn.seedSample({ filename: 'a.fq', status: 'importing' }),
		standIn.seedSample({ filename: 'a.fq', status: 'validating' }),
		standIn.seedSample({ filename: 'a.fq', status: 'failed_validation', errorMsg: 'No.' }),
		standIn.seedSample({ filename: 'a.fq', classification: 'none' }),
	];
	expect(await Promise.all(seeds.map(({ id }) => stateOf(id)))).toEqual([
		['awaiting_data', 'awaiting data', null, null],
		['importing', 'importing', null, null],
		['validating', 'importing', null, null],
		['failed_validation', 'private', 'No.', null],
		['available', 'private', null, null],
	]);
	for (const classification of ['running', 'succeeded', 'failed'] as const) {
		const sample = standIn.seedSample({ filename: 'a.fq', classification });
		expect(standIn.analysis(String(sample.classificationId))).toMatchObject({
			sampleId: sample.id,
			complete: classification !== 'running',
			success: classification === 'succeeded',
		});
	}
});
