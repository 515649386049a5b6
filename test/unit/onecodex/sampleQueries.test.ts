import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient, basic, send } from './client';

let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0 });
	const gut = standIn.seedProject({ name: 'Gut' });
	const day = (number: number) => `2026-01-0${number}T12:00:00Z`;
	standIn.seedSample({
		filename: 'B.fq',
		size: 300,
		createdAt: day(1),
		tags: ['gut', 'trimmed'],
		projectId: gut.id,
		metadata: { platform: 'Illumina MiSeq', external_sample_id: 'LIMS-1', location_lat: 1.5 },
	});
	standIn.seedSample({
		filename: 'a.fastq.gz',
		size: 20,
		createdAt: day(2),
		tags: ['gut'],
		sharing: 'public',
		metadata: { platform: 'Oxford Nanopore MinION', date_collected: day(1), starred: true },
	});
	standIn.seedSample({
		filename: 'c.fq',
		size: 4,
		createdAt: day(3),
		status: 'failed_validation',
		errorMsg: 'No.',
	});
	standIn.seedSample({ status: 'awaiting_data', createdAt: day(4) });
});
afterAll(() => standIn.close());

const list = (path: string, query: Record<string, unknown>) => {
	const clauses = Object.entries(query).map(([name, value]): [string, string] => [
		name,
		typeof value === 'string' ? value : JSON.stringify(value),
	]);
	return apiClient(standIn).get(`${path}?${new URLSearchParams(clauses)}`);
};
async function names(query: Record<string, unknown>): Promise<unknown[]> {
	const { text } = await list('/samples', query);
	return (JSON.parse(text) as Array<{ filename: string }>).map(({ filename }) => filename);
}
const tag = (index: number) => ({ $ref: `/api/v1/tags/${standIn.tags[index].id}` });
const project = () => ({ $ref: `/api/v1/projects/${standIn.projects[0].id}` });

const ALL = ['B.fq', 'a.fastq.gz', 'c.fq', null];

test.each<[what: string, where: () => object, expected: unknown[]]>([
	['$startswith', () => ({ filename: { $startswith: 'a' } }), ['a.fastq.gz']],
	['$istartswith', () => ({ filename: { $istartswith: 'b' } }), ['B.fq']],
	['$endswith', () => ({ filename: { $endswith: '.fq' } }), ['B.fq', 'c.fq']],
	['$iendswith', () => ({ filename: { $iendswith: '.FQ' } }), ['B.fq', 'c.fq']],
	['$ne, which null is not', () => ({ filename: { $ne: 'B.fq' } }), ['a.fastq.gz', 'c.fq']],
	['null', () => ({ filename: null }), [null]],
	['$eq of null', () => ({ size: { $eq: null } }), [null]],
	['$ne of null', () => ({ size: { $ne: null } }), ['B.fq', 'a.fastq.gz', 'c.fq']],
	['$gt with a fraction', () => ({ size: { $gt: 19.5 } }), ['B.fq', 'a.fastq.gz']],
	['a status', () => ({ status: 'failed_validation' }), ['c.fq']],
	[
		'$in of states',
		() => ({ status: { $in: ['available', 'awaiting_data'] } }),
		['B.fq', 'a.fastq.gz', null],
	],
	['a visibility', () => ({ visibility: 'awaiting data' }), [null]],
	['$startswith of visibilities', () => ({ visibility: { $startswith: 'pub' } }), ['a.fastq.gz']],
	['an error', () => ({ error_msg: { $contains: 'No' } }), ['c.fq']],
	['a project', () => ({ project: project() }), ['B.fq']],
	['a project by its id', () => ({ project: standIn.projects[0].id }), ['B.fq']],
	['$in of projects', () => ({ project: { $in: [project()] } }), ['B.fq']],
	['no project', () => ({ project: null }), ['a.fastq.gz', 'c.fq', null]],
	['an owner', () => ({ owner: { $ne: standIn.users[1].id } }), ALL],
	[
		'a metadata record',
		() => ({ metadata: { $ref: `/api/v1/metadata/${standIn.samples[2].metadataId}` } }),
		['c.fq'],
	],
	['$contains of tags', () => ({ tags: { $contains: tag(0) } }), ['B.fq', 'a.fastq.gz']],
	['$containsall', () => ({ tags: { $containsall: [tag(0), tag(1)] } }), ['B.fq']],
	['$containsall of none', () => ({ tags: { $containsall: [] } }), ALL],
	['$containsany', () => ({ tags: { $containsany: [tag(1)] } }), ['B.fq']],
	[
		'$containsany by id',
		() => ({ tags: { $containsany: [standIn.tags[0].id] } }),
		['B.fq', 'a.fastq.gz'],
	],
	[
		'updated_at',
		() => ({ updated_at: { $gte: '2026-01-01T00:00:00Z' } }),
		['B.fq', 'a.fastq.gz', 'c.fq'],
	],
])('where: %s', async (_what, where, expected) => {
	expect(await names({ where: where() })).toEqual(expected);
});

test.each<[sort: object, expected: unknown[]]>([
	[{ created_at: true }, [...ALL].reverse()],
	[{ filename: false }, ['B.fq', 'a.fastq.gz', 'c.fq', null]],
	[{ size: true }, [null, 'B.fq', 'a.fastq.gz', 'c.fq']],
	[{ visibility: false, size: false }, [null, 'c.fq', 'B.fq', 'a.fastq.gz']],
])('sort: %j', async (sort, expected) => {
	expect(await names({ sort })).toEqual(expected);
});

test.each<[path: string, query: Record<string, unknown>, named: string]>([
	['/samples', { where: { tags: [] } }, 'tags'],
	['/samples', { where: { tags: { $in: [] } } }, '$in'],
	['/samples', { where: { tags: { $containsall: 'gut' } } }, '$containsall'],
	['/samples', { where: { tags: { $contains: 'gut' } } }, '$contains'],
	['/samples', { where: { name: 'a' } }, 'name'],
	['/samples', { where: { 'metadata.name': 'a' } }, 'metadata.name'],
	['/samples', { where: { status: 'awaiting data' } }, 'status'],
	['/samples', { where: { visibility: 'awaiting_data' } }, 'visibility'],
	['/samples', { where: { filename: { $regex: 'a' } } }, '$regex'],
	['/samples', { where: { filename: { $in: [null] } } }, '$in'],
	['/samples', { where: { created_at: null } }, 'created_at'],
	['/samples', { where: { size: { $gt: 1, $lt: 2 } } }, 'size'],
	['/samples', { where: { project: { $gt: 'a' } } }, '$gt'],
	['/samples', { sort: { status: true } }, 'status'],
	['/samples', { sort: { updated_at: true } }, 'updated_at'],
	['/samples', { sort: { tags: true } }, 'tags'],
	['/samples', { per_page: '1001' }, 'per_page'],
	['/samples', { cursor: 'a' }, 'cursor'],
	['/metadata', { where: { custom: {} } }, 'custom'],
	['/metadata', { where: { platform: 'MiSeq' } }, 'platform'],
	['/metadata', { where: { starred: 1 } }, 'starred'],
	['/metadata', { where: { starred: { $in: [true] } } }, '$in'],
	['/tags', { where: { sample: {} } }, 'sample'],
	['/projects', { where: { permissions: { $contains: 'can_see_files' } } }, 'permissions'],
	['/jobs', { where: { job_args_schema: {} } }, 'job_args_schema'],
	['/analyses', { where: { complete: 1 } }, 'complete'],
	['/analyses', { where: { cost: null } }, 'cost'],
	['/classifications', { where: { analysis_type: 'classification' } }, 'analysis_type'],
])('%s: %j is refused, and %s named', async (path, query, named) => {
	const { status, text } = await list(path, query);
	expect([status, JSON.parse(text)]).toEqual([
		400,
		{ message: expect.stringContaining(named), status: 400 },
	]);
});

test.each<[path: string, where: object]>([
	['/samples', { primary_classification: { $ref: '/api/v1/classifications/0123456789abcdef' } }],
	['/documents', { downloaders: { $contains: { $ref: '/api/v1/users/0123456789abcdef' } } }],
	['/metadata', { platform: { $startswith: 'Illumina' } }],
	['/metadata', { sample_type: { $iendswith: 'e' } }],
])('%s: where %j brings the service down', async (path, where) => {
	expect((await list(path, { where })).status).toBe(500);
	expect(standIn.violations).toEqual([]);
});

test.each<[path: string, where: () => object, expected: number]>([
	['/metadata', () => ({ external_sample_id: { $eq: 'LIMS-1' } }), 1],
	['/metadata', () => ({ platform: { $icontains: 'illumina' } }), 1],
	['/metadata', () => ({ platform: null }), 2],
	['/metadata', () => ({ starred: true }), 1],
	['/metadata', () => ({ location_lat: { $between: [1, 2] } }), 1],
	['/metadata', () => ({ date_collected: { $gt: '2025-12-31T00:00:00Z' } }), 1],
	['/metadata', () => ({ sample: standIn.samples[0].id }), 1],
	['/tags', () => ({ name: 'gut' }), 1],
	['/projects', () => ({ name: { $icontains: 'gut' }, public: false }), 1],
	['/analyses', () => ({ complete: true, analysis_type: 'classification' }), 2],
	['/analyses', () => ({ sample: { $in: [standIn.samples[0].id] } }), 1],
	['/classifications', () => ({ success: false }), 0],
	['/jobs', () => ({ name: { $startswith: 'One Codex' } }), 1],
])('%s: where %j', async (path, where, expected) => {
	const { status, text } = await list(path, { where: where() });
	expect([status, (JSON.parse(text) as unknown[]).length]).toEqual([200, expected]);
});

test('pages by cursor: every sample once, whatever comes or goes meanwhile', async () => {
	const large = await startOneCodex({ requestsPerSecond: 0 });
	try {
		for (let index = 0; index < 25; index++) {
			const createdAt = new Date(Date.UTC(2026, 0, index + 1)).toISOString();
			large.seedSample({ filename: `${index}.fq`, createdAt });
		}
		const page = async (query: Record<string, string>, style = 'cursor') =>
			await send(`${large.baseUrl}/api/v1/samples?${new URLSearchParams(query)}`, {
				headers: { Authorization: basic(large.apiKey), 'X-Pagination-Style': style },
			});
		const seen: string[] = [];
		let cursor: string | undefined;
		do {
			const { text, headers } = await page({ per_page: '10', ...(cursor && { cursor }) });
			const names = (JSON.parse(text) as Array<{ filename: string }>).map(
				({ filename }) => filename,
			);
			seen.push(...names);
			expect([headers.link, headers['x-total-count']]).toEqual([undefined, undefined]);
			cursor = headers['x-next-cursor'] as string | undefined;
			// The page's last one goes, and one before it.
			if (seen.length === 10) {
				for (const index of [9, 3]) {
					await apiClient(large).call('DELETE', `/samples/${large.samples[index].id}`);
				}
			}
		} while (cursor);
		expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `${index}.fq`));
		const { headers } = await page({ per_page: '10' });
		const next = String(headers['x-next-cursor']);
		const wrong: Array<Record<string, string>> = [
			{ cursor: 'made-up' },
			{ cursor: next, sort: '{"size":true}' },
			{ page: '2' },
		];
		for (const query of wrong) expect((await page(query)).status).toBe(400);
		expect((await page({ cursor: next }, 'page')).status).toBe(400);
	} finally {
		await large.close();
	}
});
