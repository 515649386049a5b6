import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { run } from '../engine';
import { fastq } from './reads';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

async function sample(
	operation: string,
	parameters: INodeParameters = {},
	items: INodeExecutionData[] = [{ json: {} }],
	more = {},
) {
	const { apiKey, baseUrl } = oneCodex;
	const steps = [{ resource: 'sample', operation, ...parameters }];
	return await run({ credentials: { apiKey, baseUrl }, items, steps, ...more });
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const jsonOf = (result: Awaited<ReturnType<typeof run>>) =>
	result.outputs()[0].map(({ json }) => json);
const bodies = () =>
	oneCodex.requests
		.filter(({ body }) => body !== undefined)
		.map(({ method, path, body }) => [method, path, body]);

describe('Create Without File', () => {
	it('makes a sample that waits for its file', async () => {
		const result = await sample('create', {
			tags: 'urgent',
			metadata: { externalSampleId: 'LIMS-7' },
		});
		expect(result.error).toBeUndefined();
		const [made] = oneCodex.samples;
		expect(jsonOf(result)).toEqual([
			{ sample_id: made.id, sample: { $ref: `/api/v1/samples/${made.id}` } },
		]);
		expect(made).toMatchObject({
			status: 'awaiting_data',
			metadata: { external_sample_id: 'LIMS-7' },
		});
		expect(bodies()).toEqual([
			[
				'POST',
				'/api/v1/samples/preupload',
				{ tags: [{ name: 'urgent' }], metadata: { external_sample_id: 'LIMS-7' } },
			],
		]);
	});

	it('wants no field filled in', async () => {
		const result = await sample('create');
		expect(result.error).toBeUndefined();
		expect(bodies()).toEqual([['POST', '/api/v1/samples/preupload', {}]]);
	});
});

describe('Import From URL', () => {
	it('has One Codex fetch the files', async () => {
		const result = await sample('importFromUrl', {
			url: 'https://example.org/s_R1.fastq.gz',
			pairedUrl: 'https://example.org/s_R2.fastq.gz',
		});
		expect(result.error).toBeUndefined();
		const [made] = oneCodex.samples;
		expect(jsonOf(result)).toMatchObject([
			{ sample_id: made.id, $uri: `/api/v1/samples/${made.id}` },
		]);
		expect(made.urls).toEqual([
			'https://example.org/s_R1.fastq.gz',
			'https://example.org/s_R2.fastq.gz',
		]);
	});

	it.each([
		'http://example.org/s.fastq',
		'http://localhost/s.fastq',
		'ftp://example.org/s.fastq',
		's.fastq',
	])('refuses %s before any request', async (url) => {
		const { error } = await sample('importFromUrl', { url });
		expect(error?.message).toMatch(/^URL (must start with https|is not a URL)/);
		expect(oneCodex.requests).toEqual([]);
	});
});

describe('Get', () => {
	it('gives the sample, with its ID in front and with its metadata where it is asked for', async () => {
		const seeded = oneCodex.seedSample({
			filename: 's.fastq',
			size: 10,
			metadata: { name: 'Stool' },
		});
		const plain = await sample('get', { sampleId: byId(seeded.id) });
		const [json] = jsonOf(plain);
		expect(Object.keys(json)[0]).toBe('sample_id');
		expect(json).toMatchObject({
			sample_id: seeded.id,
			filename: 's.fastq',
			status: 'available',
			metadata: { $ref: `/api/v1/metadata/${seeded.metadataId}` },
		});
		const whole = await sample('get', {
			sampleId: byId(seeded.id),
			options: { includeMetadata: true },
		});
		expect(jsonOf(whole)).toMatchObject([{ metadata: { name: 'Stool' } }]);
	});

	it('needs no field after a step that gives a sample', async () => {
		const seeded = oneCodex.seedSample({ filename: 's.fastq' });
		const result = await sample('get', {}, [{ json: { sample_id: seeded.id } }]);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ sample_id: seeded.id }]);
	});
});

describe('Get Many', () => {
	const names = async (parameters: INodeParameters) => {
		const result = await sample('getAll', { returnAll: true, ...parameters });
		expect(result.error).toBeUndefined();
		return jsonOf(result).map(({ filename }) => filename);
	};
	it.each(['Probe März', ' märz', 'C:\\reads\\Probe März', 'marz (2)'])(
		'finds by %j, as people type the name',
		async (filename) => {
			oneCodex.seedSample({ filename: 'Probe Marz (2)_R1.fastq' });
			oneCodex.seedSample({ filename: 'other.fastq' });
			expect(await names({ filters: { filename } })).toEqual(['Probe Marz (2)_R1.fastq']);
		},
	);

	const queries = () =>
		oneCodex.requests.map(({ path }) => {
			const url = new URL(path, 'https://x');
			return [url.pathname, JSON.parse(url.searchParams.get('where') ?? '{}')];
		});

	it('simplified, it has what most people want', async () => {
		const project = oneCodex.seedProject({ name: 'Ward 7' });
		const seeded = oneCodex.seedSample({ filename: 's.fastq', size: 10, projectId: project.id });
		const result = await sample('getAll');
		expect(jsonOf(result)).toEqual([
			{
				sample_id: seeded.id,
				filename: 's.fastq',
				size: 10,
				status: 'available',
				error_msg: null,
				visibility: 'private',
				created_at: seeded.createdAt,
				project_id: project.id,
				metadata_id: seeded.metadataId,
				classification_id: seeded.classificationId,
			},
		]);
	});

	it('filters at the service, each filter on the wire and in its effect', async () => {
		const project = oneCodex.seedProject({ name: 'Ward 7' });
		oneCodex.seedSample({ filename: 'other.fastq', size: 5, createdAt: '2026-01-01T00:00:00Z' });
		oneCodex.seedSample({
			filename: 'Stool.fastq',
			size: 100,
			createdAt: '2026-02-01T00:00:00Z',
			projectId: project.id,
			tags: ['urgent'],
			sharing: 'shared',
			metadata: { external_sample_id: 'LIMS-7' },
		});
		oneCodex.seedSample({
			filename: 'bad.fastq',
			size: 7,
			status: 'failed_validation',
			createdAt: '2026-01-02T00:00:00Z',
		});
		const filters: INodeParameters[] = [
			{ filename: 'stool' },
			{ projectId: project.id },
			{ tag: 'urgent' },
			{ visibility: 'shared' },
			{ externalSampleId: 'LIMS-7' },
			{ createdAfter: '2026-01-15' },
			{ minSize: 50, maxSize: 150 },
		];
		for (const one of filters)
			expect([one, await names({ filters: one })]).toEqual([one, ['Stool.fastq']]);
		expect(await names({ filters: { status: 'failed_validation' } })).toEqual(['bad.fastq']);
		expect(await names({ filters: { createdBefore: '2026-01-01T12:00:00Z' } })).toEqual([
			'other.fastq',
		]);
		expect(await names({ filters: { tag: 'nobody has it' } })).toEqual([]);
		expect(await names({ filters: { externalSampleId: 'LIMS-0' } })).toEqual([]);
		expect(
			queries()
				.filter(([path]) => path === '/api/v1/samples')
				.map(([, where]) => where),
		).toContainEqual({
			size: { $between: [50, 150] },
		});
	});

	it('pages by cursor, and adds metadata in few calls', async () => {
		for (let index = 0; index < 230; index++) {
			oneCodex.seedSample({ filename: `${index}.fastq`, metadata: { name: `Sample ${index}` } });
		}
		const result = await sample('getAll', { returnAll: true, options: { includeMetadata: true } });
		expect(result.error).toBeUndefined();
		const list = jsonOf(result);
		expect(new Set(list.map(({ filename }) => filename)).size).toBe(230);
		for (const { filename, metadata } of list) {
			expect(metadata).toMatchObject({ name: `Sample ${String(filename).split('.')[0]}` });
		}
		const paths = oneCodex.requests.map(({ path }) => path.split('?')[0]);
		expect(paths.filter((path) => path === '/api/v1/samples')).toHaveLength(3);
		expect(paths.filter((path) => path === '/api/v1/metadata')).toHaveLength(5);
	});

	it.each([
		['organization', ['mine.fastq', 'theirs.fastq']],
		['public', ['open.fastq']],
	])('of the scope %s', async (scope, expected) => {
		const ownerId = oneCodex.users[1].id;
		oneCodex.seedSample({ filename: 'mine.fastq' });
		oneCodex.seedSample({ filename: 'theirs.fastq', ownerId, inMyOrganization: true });
		oneCodex.seedSample({ filename: 'open.fastq', ownerId, sharing: 'public' });
		expect((await names({ scope })).sort()).toEqual(expected);
	});

	it.each([
		['organization', 'theirs'],
		['public', 'open'],
	])('of the scope %s with metadata in as many calls as there are pages', async (scope, name) => {
		const ownerId = oneCodex.users[1].id;
		const more = scope === 'public' ? { sharing: 'public' as const } : { inMyOrganization: true };
		for (let index = 0; index < 130; index++) {
			const metadata = { name: `${name} ${index}` };
			oneCodex.seedSample({ filename: `${index}.fastq`, ownerId, metadata, tags: ['a'], ...more });
		}
		const list = async (options: INodeParameters) => {
			const result = await sample('getAll', { scope, returnAll: true, simplify: false, options });
			expect(result.error).toBeUndefined();
			return jsonOf(result);
		};
		const whole = await list({ includeMetadata: true });
		expect(oneCodex.requests).toHaveLength(2);
		for (const { filename, metadata } of whole) {
			expect(metadata).toMatchObject({ name: `${name} ${String(filename).split('.')[0]}` });
		}
		// All else is as without.
		const plain = await list({});
		expect(whole).toEqual(
			plain.map((json, index) => ({ ...json, metadata: whole[index].metadata })),
		);
	});

	it('finds external IDs of own samples only, and says so', async () => {
		const { error } = await sample('getAll', {
			scope: 'public',
			filters: { externalSampleId: 'x' },
		});
		expect(error?.message).toMatch(/^External Sample ID finds own samples only/);
		expect(oneCodex.requests).toEqual([]);
	});
});

describe('Update', () => {
	it('sends only what changes', async () => {
		const seeded = oneCodex.seedSample({ filename: 's.fastq', tags: ['automatic'] });
		const result = await sample('update', {
			sampleId: byId(seeded.id),
			updateFields: { visibility: 'public' },
		});
		expect(result.error).toBeUndefined();
		expect(bodies()).toEqual([['PATCH', `/api/v1/samples/${seeded.id}`, { visibility: 'public' }]]);
		expect(seeded).toMatchObject({ sharing: 'public' });
		expect(seeded.tagIds).toHaveLength(1);
	});

	it('adds tags one by one, removes others, and automatic tags stay', async () => {
		const seeded = oneCodex.seedSample({
			filename: 's.fastq',
			tags: ['automatic', 'to do', 'kept'],
		});
		const result = await sample('update', {
			sampleId: byId(seeded.id),
			updateFields: { addTags: 'urgent, kept', removeTags: 'to do, not there' },
		});
		expect(result.error).toBeUndefined();
		const names = seeded.tagIds.map((id) => oneCodex.tags.find((tag) => tag.id === id)?.name);
		expect(names.sort()).toEqual(['automatic', 'kept', 'urgent']);
		expect(jsonOf(result)).toMatchObject([{ tags: Array(3).fill({ $ref: expect.any(String) }) }]);
	});

	it('merges custom metadata with what is there', async () => {
		const metadata = { name: 'Stool', custom: { ward: 'ICU', bed: 3 } };
		const seeded = oneCodex.seedSample({ filename: 's.fastq', metadata });
		const result = await sample('update', {
			sampleId: byId(seeded.id),
			updateFields: { metadata: { locationString: 'Hamburg', custom: '={{ { bed: 4 } }}' } },
		});
		expect(result.error).toBeUndefined();
		expect(seeded.metadata).toMatchObject({
			name: 'Stool',
			location_string: 'Hamburg',
			custom: { ward: 'ICU', bed: 4 },
		});
	});

	it('puts it into a project, and takes it out', async () => {
		const project = oneCodex.seedProject({ name: 'Ward 7' });
		const seeded = oneCodex.seedSample({ filename: 's.fastq' });
		const set = async (updateFields: INodeParameters) => {
			const { error } = await sample('update', { sampleId: byId(seeded.id), updateFields });
			expect(error).toBeUndefined();
			return seeded.projectId;
		};
		expect(await set({ projectId: byId(project.id) })).toBe(project.id);
		expect(await set({ removeFromProject: true })).toBeNull();
	});

	it.each<[INodeParameters, string]>([
		[{}, 'Update Fields is empty'],
		[
			{ removeFromProject: true, projectId: '5891ee65711c4d5e' },
			'Project and Remove From Project exclude each other',
		],
		[{ projectId: 'ward' }, 'Project ID is not an ID'],
		[{ addTags: 'x'.repeat(31) }, 'Add Tags: "x'],
		[{ addTags: 'a, b', removeTags: 'b' }, 'Add Tags and Remove Tags both have "b"'],
		[{ metadata: { custom: { assignments: [] } } }, 'Update Fields is empty'],
		[{ projectId: byId('={{ $json.project }}') }, 'Project ID is undefined, not an ID'],
	])('refuses %j before any request', async (updateFields, message) => {
		const { error } = await sample('update', { sampleId: byId('5891ee65711c4d5e'), updateFields });
		expect(error?.message.startsWith(message)).toBe(true);
		expect(oneCodex.requests).toEqual([]);
	});
});

describe('Wait', () => {
	const waitFor = async (id: string, parameters: INodeParameters = {}, more = {}) =>
		await sample('wait', { sampleId: byId(id), ...parameters }, undefined, more);

	it('gives out at once what is ready, with what Get Results asks for', async () => {
		const seeded = oneCodex.seedSample({ filename: 's.fastq' });
		const result = await waitFor(seeded.id);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([
			{ sample_id: seeded.id, classification_id: seeded.classificationId, status: 'available' },
		]);
		expect(oneCodex.requests).toHaveLength(2);
	});

	it('says what failed, or gives it out', async () => {
		const failed = oneCodex.seedSample({
			filename: 'a.fastq',
			status: 'failed_validation',
			errorMsg: 'Not FASTQ.',
		});
		const { error } = await waitFor(failed.id);
		expect(error?.message).toMatch(
			/^One Codex could not use the sample: Not FASTQ\. \[sample [0-9a-f]{16}, item 0\]/,
		);
		const given = await waitFor(failed.id, { options: { failOnFailure: false } });
		expect(jsonOf(given)).toMatchObject([{ status: 'failed_validation', error_msg: 'Not FASTQ.' }]);

		const unclassified = oneCodex.seedSample({ filename: 'b.fastq', classification: 'failed' });
		expect((await waitFor(unclassified.id)).error?.message).toMatch(
			/^The classification of the sample failed/,
		);
		expect((await waitFor(unclassified.id, { until: 'available' })).error).toBeUndefined();
	});

	it('ends at its time limit, and says how it stands', async () => {
		const running = oneCodex.seedSample({ filename: 'a.fastq', classification: 'running' });
		const limits = { options: { timeout: 0.02 } };
		const { error } = await waitFor(running.id, limits);
		expect(error?.message).toMatch(
			/^The sample is not ready after 0\.02 minutes: its classification runs/,
		);
		const given = await waitFor(running.id, { options: { timeout: 0, failOnFailure: false } });
		expect(jsonOf(given)).toMatchObject([{ status: 'available' }]);
	});

	it('is stopped by a cancel within two seconds', async () => {
		const running = oneCodex.seedSample({ filename: 'a.fastq', classification: 'running' });
		let stoppedAt = 0;
		const result = await waitFor(
			running.id,
			{},
			{
				onStart: (cancel: () => void) =>
					setTimeout(() => {
						stoppedAt = Date.now();
						cancel();
					}, 500),
			},
		);
		expect(result.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(2_000);
	});
});

it('Download gives the reads, and a sample without data is refused before it costs anything', async () => {
	const bytes = fastq();
	const seeded = oneCodex.seedSample({ filename: 's.fastq', bytes });
	const result = await sample('download', { sampleId: byId(seeded.id) });
	expect(result.error).toBeUndefined();
	expect(result.outputs()[0][0].binary?.data).toMatchObject({ fileName: 's.fastq' });
	expect(seeded.downloads).toBe(1);

	const empty = oneCodex.seedSample({ status: 'awaiting_data' });
	const { error } = await sample('download', { sampleId: byId(empty.id) });
	expect(error?.message).toMatch(/^The sample has no file yet/);
	expect(empty.downloads).toBe(0);
});

it('Delete deletes', async () => {
	const seeded = oneCodex.seedSample({ filename: 's.fastq' });
	const result = await sample('delete', { sampleId: byId(seeded.id) });
	expect(jsonOf(result)).toEqual([{ deleted: true }]);
	expect(oneCodex.samples).toEqual([]);
});
