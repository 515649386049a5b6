import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient } from './client';

const RIGHTS = [
	'can_see_files',
	'can_add_files',
	'can_edit_metadata',
	'can_download_files',
	'can_incur_charges',
	'can_administer',
];

let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0 });
});
afterAll(() => standIn.close());
afterEach(() => standIn.reset());

async function call(method: string, path: string, json?: unknown) {
	const { status, text } = await apiClient(standIn).call(method, path, json);
	return { status, body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> };
}
const user = (index: number) => ({ $ref: `/api/v1/users/${standIn.users[index].id}` });

test('a project is made, changed, shared and deleted; its samples stay', async () => {
	const body = { name: 'Gut', project_name: 'gut-1', description: 'Stool' };
	const made = await call('POST', '/projects', body);
	const [{ id }] = standIn.projects;
	const expected = {
		$uri: `/api/v1/projects/${id}`,
		...body,
		external_id: null,
		owner: user(0),
		permissions: RIGHTS,
		public: false,
	};
	expect(made).toEqual({ status: 200, body: expected });
	const sample = standIn.seedSample({ filename: 'a.fq', projectId: id });
	expect((await call('PATCH', `/projects/${id}`, { name: 'Colon' })).body).toEqual({
		...expected,
		name: 'Colon',
	});
	expect(
		(await call('POST', `/projects/${id}/change_sharing`, { public: true })).body,
	).toMatchObject({ public: true });
	expect((await call('GET', '/projects/public')).body).toHaveLength(1);
	expect(await call('DELETE', `/projects/${id}`)).toEqual({ status: 200, body: undefined });
	expect((await call('GET', `/projects/${id}`)).status).toBe(404);
	expect(sample.projectId).toBeNull();
});

test('members come and go with their rights', async () => {
	const { id } = standIn.seedProject({ name: 'Gut' });
	const add = { user: user(1), permissions: ['can_see_files'] };
	expect(await call('POST', `/projects/${id}/add_user`, add)).toEqual({
		status: 200,
		body: undefined,
	});
	const owner = { user: user(0), permissions: RIGHTS };
	expect((await call('GET', `/projects/${id}/members`)).body).toEqual([owner, add]);
	expect((await call('POST', `/projects/${id}/remove_user`, { user: user(1) })).status).toBe(200);
	expect((await call('GET', `/projects/${id}/members`)).body).toEqual([owner]);
});

test.each<[method: string, path: string, body: object]>([
	['POST', '', { project_name: 'ab' }],
	['POST', '', { project_name: 'my gut' }],
	['POST', '', { name: 'a'.repeat(61) }],
	['POST', '', { public: true }],
	['PATCH', '/:id', { owner: 'a' }],
	['POST', '/:id/add_user', { permissions: [] }],
	['POST', '/:id/remove_user', {}],
	['POST', '/:id/change_sharing', { public: 'yes' }],
])('%s %s with %j is refused', async (method, path, body) => {
	const { id } = standIn.seedProject({ name: 'Gut' });
	expect((await call(method, `/projects${path.replace(':id', id)}`, body)).status).toBe(400);
	expect(standIn.projects).toHaveLength(1);
});

test("another's project: unseen, public, or as far as the account's rights go", async () => {
	const ownerId = standIn.users[1].id;
	const hidden = standIn.seedProject({ name: 'a', ownerId });
	const open = standIn.seedProject({ name: 'b', ownerId, public: true });
	const shared = standIn.seedProject({
		name: 'c',
		ownerId,
		permissions: ['can_see_files', 'can_edit_metadata'],
	});
	const statuses = async (method: string, body?: object) =>
		await Promise.all(
			[hidden, open, shared].map(
				async ({ id }) => (await call(method, `/projects/${id}`, body)).status,
			),
		);
	expect(await statuses('GET')).toEqual([404, 200, 200]);
	expect(await statuses('PATCH', { name: 'd' })).toEqual([404, 403, 403]);
	expect(await statuses('DELETE')).toEqual([404, 403, 403]);
	expect((await call('GET', '/projects')).body).toMatchObject([
		{ name: 'c', permissions: ['can_see_files', 'can_edit_metadata'] },
	]);
	const project = { $ref: `/api/v1/projects/${shared.id}` };
	expect((await call('POST', '/samples/preupload', { project })).status).toBe(403);
	const { id, metadataId } = standIn.seedSample({
		filename: 'a.fq',
		ownerId,
		projectId: shared.id,
	});
	expect((await call('GET', `/samples/${id}`)).status).toBe(200);
	expect((await call('PATCH', `/metadata/${metadataId}`, { name: 'x' })).status).toBe(200);
});

test('tags: one is added to a sample, known by its name from then on', async () => {
	const sample = standIn.seedSample({ filename: 'a.fq', tags: ['gut'] });
	const $ref = `/api/v1/samples/${sample.id}`;
	const { body } = await call('POST', '/tags', { name: 'trimmed', sample: { $ref } });
	expect(body).toEqual({ $uri: `/api/v1/tags/${standIn.tags[1].id}`, name: 'trimmed' });
	expect((await call('POST', '/tags', { name: 'trimmed', sample: { $ref } })).body).toEqual(body);
	expect(sample.tagIds).toEqual(standIn.tags.map(({ id }) => id));
	expect((await call('GET', `/tags/${standIn.tags[1].id}`)).body).toEqual(body);
	expect((await call('GET', '/tags')).body).toHaveLength(2);
	for (const wrong of [
		{ name: 'gut' },
		{ name: 'a'.repeat(31), sample: { $ref } },
		{ name: 'gut', sample: sample.id },
	]) {
		expect((await call('POST', '/tags', wrong)).status).toBe(400);
	}
});

test('metadata: each field for itself, and custom as a whole', async () => {
	const { metadataId, id } = standIn.seedSample({
		filename: 'a.fq',
		metadata: { custom: { a: 1 }, name: 'x' },
	});
	const patch = async (body: object) => await call('PATCH', `/metadata/${metadataId}`, body);
	const { body } = await patch({
		custom: { b: true, c: null },
		location_lat: -90,
		platform: 'Element AVITI',
	});
	expect(body).toMatchObject({
		$uri: `/api/v1/metadata/${metadataId}`,
		sample: { $ref: `/api/v1/samples/${id}` },
		custom: { b: true, c: null },
		name: 'x',
		location_lat: -90,
		platform: 'Element AVITI',
		updated_at: expect.any(String),
	});
	for (const wrong of [
		{ sample: { $ref: `/api/v1/samples/${id}` } },
		{ $uri: 'a' },
		{ updated_at: null },
		{ location_lon: 181 },
		{ custom: { a: [1] } },
		{ externalSampleId: 'LIMS-7' },
	]) {
		expect((await patch(wrong)).status).toBe(400);
	}
	expect((await patch({ name: null })).body).toMatchObject({ name: null, location_lat: -90 });
});
