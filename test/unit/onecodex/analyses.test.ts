import { gunzipSync, gzipSync } from 'node:zlib';
import { existsSync } from 'node:fs';
import { type OneCodexStandIn, type RunSteps, startOneCodex } from '../../onecodex';
import { apiClient, send, until } from './client';

const UNKNOWN_ID = '0123456789abcdef';

let steps: RunSteps;
let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0, runSteps: () => steps });
});
afterAll(() => standIn.close());
beforeEach(() => {
	standIn.reset();
	steps = {};
});

async function call(method: string, path: string, json?: unknown) {
	const { status, text, headers } = await apiClient(standIn).call(method, path, json);
	const isJson = headers['content-type'] === 'application/json';
	return { status, text, body: (isJson ? JSON.parse(text) : undefined) as Record<string, unknown> };
}
const newSample = () => standIn.seedSample({ filename: 'a.fq' });

test.each([
	['classification', 'classifications'],
	['functional', 'functional_profiles'],
	['mlst', 'mlsts'],
	['panel', 'panels'],
	['alignment', 'alignments'],
	['control', 'controls'],
	['report', 'reports'],
	['workflow', 'workflows'],
])('a run of type %s is the same under /%s and /analyses', async (type, collection) => {
	const { id: sampleId } = standIn.seedSample({ filename: 'a.fq', classification: 'none' });
	const { id, jobId } = standIn.seedAnalysis({ sampleId, type });
	const run = {
		complete: true,
		success: true,
		error_msg: null,
		job: { $ref: `/api/v1/jobs/${jobId}` },
		sample: { $ref: `/api/v1/samples/${sampleId}` },
	};
	expect((await call('GET', `/analyses/${id}`)).body).toMatchObject({
		$uri: `/api/v1/analyses/${id}`,
		analysis_type: type,
		...run,
	});
	const typed = { $uri: `/api/v1/${collection}/${id}`, ...run };
	expect((await call('GET', `/${collection}/${id}`)).body).toMatchObject(typed);
	expect((await call('GET', `/${collection}`)).body).toMatchObject([typed]);
	const other = collection === 'panels' ? 'mlsts' : 'panels';
	expect((await call('GET', `/${other}/${id}`)).status).toBe(404);
	const results = await call('GET', `/${collection}/${id}/results`);
	expect(results.status).toBe(200);
	expect((await call('GET', `/analyses/${id}/results`)).text).toBe(results.text);
	const expanded = await call('GET', `/${collection}/${id}?expand=all`);
	expect(expanded.body).toMatchObject({
		job: { $uri: run.job.$ref, analysis_type: type },
		sample: { $uri: run.sample.$ref, metadata: { $ref: expect.any(String) } },
	});
});

test.each(['running', 'failed'] as const)('a %s run has no results', async (state) => {
	const { id } = standIn.seedAnalysis({ sampleId: newSample().id, state });
	for (const rest of ['results', 'raw_results', 'readlevel']) {
		expect((await call('GET', `/classifications/${id}/${rest}`)).status).toBe(404);
	}
	expect((await call('GET', `/analyses/${id}`)).body).toMatchObject({
		complete: state === 'failed',
		success: false,
		updated_at: null,
	});
});

test('what a run wrote, its log, and its reads are to be had, until its sample goes', async () => {
	const readlevel = gzipSync('Tax ID\t1\n');
	const sample = newSample();
	const { id, files } = standIn.seedAnalysis({
		sampleId: sample.id,
		files: { 'out/report.pdf': Buffer.from('a report'), 'readlevel.tsv.gz': readlevel },
		log: 'one\ntwo\nthree',
	});
	const { body } = await call('GET', `/classifications/${id}/file_details`);
	const [file] = body.files as Array<{ url: string }>;
	expect(file).toMatchObject({ filename: 'report.pdf', filepath: 'out/report.pdf', size: 8 });
	expect((await send(file.url, {})).text).toBe('a report');
	const { url } = (await call('GET', `/classifications/${id}/readlevel`)).body;
	expect((await send(String(url), {})).status).toBe(200);
	expect(gunzipSync(readlevel).toString()).toContain('Tax ID');
	expect((await call('GET', `/analyses/${id}/logs`)).text).toBe('one\ntwo\nthree');
	expect((await call('GET', `/analyses/${id}/logs?tail=2`)).text).toBe('two\nthree');
	const other = String(sample.classificationId);
	expect((await call('GET', `/analyses/${other}/logs`)).status).toBe(404);
	expect((await call('GET', `/analyses/${other}/file_details`)).body).toEqual({ files: [] });
	await call('DELETE', `/samples/${sample.id}`);
	expect(files.map(({ object }) => existsSync(object.path))).toEqual([false, false]);
	expect((await call('GET', `/analyses/${id}`)).status).toBe(404);
});

test('one group of a functional profile by one metric', async () => {
	const { id } = standIn.seedAnalysis({ sampleId: newSample().id, type: 'functional' });
	const rows = async (query: string) => {
		const { status, body } = await call(
			'GET',
			`/functional_profiles/${id}/filtered_results?${query}`,
		);
		return [status, (body.table as unknown[] | undefined)?.length];
	};
	expect(await rows('functional_group=pathways&metric=abundance')).toEqual([200, 2]);
	expect(await rows('functional_group=go&metric=cpm')).toEqual([200, 2]);
	expect(await rows('functional_group=go&metric=cpm&taxa_stratified=true')).toEqual([200, 2]);
	for (const wrong of [
		'metric=cpm',
		'functional_group=go',
		'functional_group=gene_family&metric=cpm',
	]) {
		expect(await rows(wrong)).toEqual([400, undefined]);
	}
});

test('a job runs on a sample, with its arguments, for its time', async () => {
	steps = { running: 50, results: { answer: 42 }, files: { 'a.txt': Buffer.from('a') } };
	const job = standIn.seedJob({ name: 'My job', type: 'workflow' });
	const sample = newSample();
	const body = { sample: { $ref: `/api/v1/samples/${sample.id}` }, job_args: { depth: 5 } };
	const { status, body: reference } = await call('POST', `/jobs/${job.id}/run`, body);
	expect([status, reference]).toEqual([
		200,
		{ $ref: expect.stringMatching(/^\/api\/v1\/analyses\/[0-9a-f]{16}$/) },
	]);
	const id = String(reference.$ref).slice(-16);
	expect(standIn.analyses.at(-1)).toMatchObject({ id, jobArgs: { depth: 5 }, type: 'workflow' });
	await until(() => standIn.analysis(id).complete);
	expect((await call('GET', `/workflows/${id}/results`)).body).toEqual({ answer: 42 });
	// The vendor's client sends the bare id.
	steps = { fails: true, errorMsg: 'Out of memory' };
	const bare = { sample: sample.id, job_args: null };
	const failed = String((await call('POST', `/jobs/${job.id}/run`, bare)).body.$ref).slice(-16);
	expect(standIn.analysis(failed)).toMatchObject({
		complete: true,
		success: false,
		errorMsg: 'Out of memory',
	});
	steps = { running: Infinity };
	const endless = String((await call('POST', `/jobs/${job.id}/run`, bare)).body.$ref).slice(-16);
	expect(standIn.analysis(endless).complete).toBe(false);
	standIn.endAnalysis(endless);
	expect(standIn.analysis(endless)).toMatchObject({ complete: true, success: true });
});

test('a run is refused without what it needs', async () => {
	const job = standIn.seedJob({
		name: 'My job',
		argumentsSchema: { type: 'object', required: ['depth'], properties: { depth: {} } },
	});
	const sample = { $ref: `/api/v1/samples/${newSample().id}` };
	const theirs = standIn.seedSample({
		filename: 'a.fq',
		ownerId: standIn.users[1].id,
		sharing: 'public',
	});
	const waiting = standIn.seedSample({ status: 'awaiting_data' });
	const run = async (body: object, id = job.id) =>
		(await call('POST', `/jobs/${id}/run`, body)).status;
	const job_args = { depth: 1 };
	expect(await run({ sample })).toBe(400);
	expect(await run({ job_args })).toBe(400);
	expect(await run({ sample, job_args: {} })).toBe(400);
	expect(await run({ sample, job_args: { depth: 1, width: 1 } })).toBe(400);
	expect(await run({ sample, job_args, force: true })).toBe(400);
	expect(await run({ sample: theirs.id, job_args })).toBe(403);
	expect(await run({ sample: waiting.id, job_args })).toBe(400);
	expect(await run({ sample: UNKNOWN_ID, job_args })).toBe(404);
	expect(await run({ sample, job_args }, UNKNOWN_ID)).toBe(404);
	expect(await run({ sample, job_args })).toBe(200);
});

test('jobs are listed and read; there is one that samples are classified with', async () => {
	const job = standIn.seedJob({ name: 'My job', type: 'workflow', public: false });
	expect((await call('GET', '/jobs')).body).toMatchObject([
		{ name: 'One Codex Database', analysis_type: 'classification', public: true },
		{ name: 'My job', analysis_type: 'workflow', public: false, job_args_schema: {} },
	]);
	expect((await call('GET', `/jobs/${job.id}`)).body).toMatchObject({ name: 'My job' });
	expect((await call('GET', `/jobs/${UNKNOWN_ID}`)).status).toBe(404);
	expect((await call('DELETE', `/jobs/${job.id}`)).status).toBe(405);
});

test('what is public is listed apart; what is another’s is not seen at all', async () => {
	const ownerId = standIn.users[1].id;
	standIn.seedSample({ filename: 'a.fq', ownerId, sharing: 'public' });
	const hidden = standIn.seedSample({ filename: 'b.fq', ownerId });
	newSample();
	expect((await call('GET', '/analyses')).body).toHaveLength(1);
	expect((await call('GET', '/analyses/public')).body).toHaveLength(1);
	expect((await call('GET', '/classifications/public')).body).toHaveLength(1);
	expect((await call('GET', `/analyses/${hidden.classificationId}`)).status).toBe(404);
	expect((await send(`${standIn.baseUrl}/api/v1/analyses`, {})).text).toBe('[]');
});
