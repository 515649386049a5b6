import type { INodeParameters } from 'n8n-workflow';

import { faultsInTurn, startOneCodex, type Fault, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { run } from './engine';
import { answer, startFront } from './front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 0 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

async function execute(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	{ apiKey, baseUrl }: { apiKey: string; baseUrl: string } = oneCodex,
) {
	const steps = [{ resource, operation, ...parameters }];
	return await run({ credentials: { apiKey, baseUrl }, items: [{ json: {} }], steps });
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const jsonOf = (result: Awaited<ReturnType<typeof run>>) =>
	result.outputs()[0].map(({ json }) => json);
const wheres = (path: string) =>
	oneCodex.requests
		.map((request) => new URL(request.path, 'https://x'))
		.filter(({ pathname }) => pathname === path)
		.map(({ searchParams }) => JSON.parse(searchParams.get('where') ?? '{}') as unknown);

describe('Project', () => {
	it('Create makes one, and Get gives it with its ID in front', async () => {
		const created = await execute('project', 'create', {
			name: ' Ward 7 ',
			description: 'Stool samples',
		});
		expect(created.error).toBeUndefined();
		const [project] = oneCodex.projects;
		expect(project).toMatchObject({ name: 'Ward 7', description: 'Stool samples' });
		const [json] = jsonOf(created);
		expect(Object.keys(json)[0]).toBe('project_id');
		expect(json).toMatchObject({
			project_id: project.id,
			$uri: `/api/v1/projects/${project.id}`,
			name: 'Ward 7',
		});
		for (const value of [project.id, `/api/v1/projects/${project.id}`]) {
			expect(jsonOf(await execute('project', 'get', { projectId: byId(value) }))).toEqual([json]);
		}
	});

	it('Create without a description sends none', async () => {
		await execute('project', 'create', { name: 'Ward 7' });
		expect(oneCodex.requests.map(({ body }) => body)).toEqual([{ name: 'Ward 7' }]);
	});

	it.each<[Fault, number]>([
		[{ kind: 'status', status: 429, retryAfter: '0' }, 2],
		[{ kind: 'reset', when: 'after' }, 1],
		[{ kind: 'status', status: 503, retryAfter: '0' }, 1],
	])('Create after %j is sent %i times, so that there are no two', async (fault, times) => {
		const faults = faultsInTurn(({ method }) => method === 'POST', fault);
		const faulty = closedAfterTest(await startOneCodex({ faults }));
		const { error } = await execute('project', 'create', { name: 'Ward 7' }, faulty);
		expect(faulty.requests).toHaveLength(times);
		expect(faulty.projects.length).toBeLessThan(2);
		if (times === 2) expect(error).toBeUndefined();
		else expect(error?.description).toMatch(/Look in One Codex for a new project of this name/);
	});

	it('Get Many lists by name, and finds a part of it', async () => {
		for (const name of ['ward 7', 'Ward 12', 'ICU']) oneCodex.seedProject({ name });
		oneCodex.seedProject({ name: 'of others', ownerId: oneCodex.users[1].id });
		const all = await execute('project', 'getAll');
		expect(jsonOf(all).map(({ name }) => name)).toEqual(['ICU', 'Ward 12', 'ward 7']);
		const found = await execute('project', 'getAll', { filters: { name: 'WARD' }, limit: 1 });
		expect(jsonOf(found).map(({ name }) => name)).toEqual(['Ward 12']);
		expect(wheres('/api/v1/projects')).toEqual([{}, { name: { $icontains: 'WARD' } }]);
	});

	it('one that nobody knows is named in the error', async () => {
		const { error } = await execute('project', 'get', { projectId: byId('0123456789abcdef') });
		expect(error?.message).toMatch(
			/^One Codex does not know this, or you may not see it.* \[project 0123456789abcdef, item 0\]$/,
		);
	});
});

describe('Job', () => {
	const argumentsSchema = { type: 'object', properties: { depth: { type: 'integer' } } };

	it('Get gives the job with its ID in front, and what it takes', async () => {
		const job = oneCodex.seedJob({ name: 'AMR', type: 'panel', argumentsSchema });
		const [json] = jsonOf(await execute('job', 'get', { jobId: byId(job.id) }));
		expect(Object.keys(json)[0]).toBe('job_id');
		expect(json).toMatchObject({
			job_id: job.id,
			name: 'AMR',
			analysis_type: 'panel',
			job_args_schema: argumentsSchema,
		});
	});

	it('Get Many filters at the service, each filter on the wire and in its effect', async () => {
		oneCodex.seedJob({ name: 'AMR', type: 'panel' });
		oneCodex.seedJob({ name: 'amr pipeline', type: 'workflow' });
		oneCodex.seedJob({ name: 'Old typing', type: 'mlst' });
		const names = async (filters: INodeParameters) => {
			const result = await execute('job', 'getAll', { filters, returnAll: true });
			expect(result.error).toBeUndefined();
			return jsonOf(result).map(({ name }) => name);
		};
		expect(await names({})).toEqual(['AMR', 'Old typing', 'One Codex Database', 'amr pipeline']);
		expect(await names({ name: 'AMR' })).toEqual(['AMR', 'amr pipeline']);
		expect(await names({ type: 'workflow' })).toEqual(['amr pipeline']);
		expect(await names({ name: 'amr', type: '={{ "panel" }}' })).toEqual(['AMR']);
		// A type that the editor's list does not have.
		expect(await names({ type: '={{ "typing" }}' })).toEqual([]);
		expect(wheres('/api/v1/jobs').slice(1, 3)).toEqual([
			{ name: { $icontains: 'AMR' } },
			{ analysis_type: { $eq: 'workflow' } },
		]);
	});

	it('an older answer, without arguments, comes through', async () => {
		const job = {
			$uri: '/api/v1/jobs/cc1d331e1ee54bac',
			analysis_type: 'classification',
			created_at: '2016-05-05T17:27:02.116480+00:00',
			name: 'One Codex Database (2017)',
			public: true,
		};
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (_, response) => answer(response, 200, job)),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const jobId = byId('cc1d331e1ee54bac');
		expect(jsonOf(await execute('job', 'get', { jobId }, credentials))).toEqual([
			{ job_id: 'cc1d331e1ee54bac', ...job },
		]);
	});
});
