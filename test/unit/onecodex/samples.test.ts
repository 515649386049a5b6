import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type OneCodexStandIn, type StandInSample, startOneCodex } from '../../onecodex';
import { apiClient, send } from './client';

const UNKNOWN_ID = '0123456789abcdef';

let standIn: OneCodexStandIn;
let sample: StandInSample;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0 });
});
afterAll(() => standIn.close());
beforeEach(() => {
	standIn.reset();
	sample = standIn.seedSample({ filename: 'a.fq', bytes: Buffer.from('ACGT'), tags: ['gut'] });
});

async function call(method: string, path: string, json?: unknown) {
	const { status, text } = await apiClient(standIn).call(method, path, json);
	return { status, body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> };
}
const tag = (index: number) => ({ $ref: `/api/v1/tags/${standIn.tags[index].id}` });

test('a seeded sample is like one that was uploaded', async () => {
	const user = { $ref: `/api/v1/users/${standIn.userId}` };
	expect(await call('GET', `/samples/${sample.id}`)).toEqual({
		status: 200,
		body: {
			$uri: `/api/v1/samples/${sample.id}`,
			created_at: sample.createdAt,
			updated_at: sample.updatedAt,
			filename: 'a.fq',
			size: 4,
			status: 'available',
			visibility: 'private',
			error_msg: null,
			metadata: { $ref: `/api/v1/metadata/${sample.metadataId}` },
			owner: user,
			primary_classification: { $ref: `/api/v1/classifications/${sample.classificationId}` },
			project: null,
			tags: [tag(0)],
		},
	});
});

test('a link leads to its bytes; one without an object leads nowhere, one without a file is not given', async () => {
	const link = async (id: string) => (await call('POST', `/samples/${id}/download_uri`)).body;
	const { download_uri: uri, expires_in_hours: hours } = await link(sample.id);
	expect([(await send(String(uri), {})).text, hours]).toEqual(['ACGT', 24]);
	expect(sample.downloads).toBe(1);
	const empty = standIn.seedSample({ filename: 'b.fq', size: 9 });
	expect((await send(String((await link(empty.id)).download_uri), {})).status).toBe(404);
	const none = standIn.seedSample({ status: 'awaiting_data' });
	expect((await call('POST', `/samples/${none.id}/download_uri`)).status).toBe(400);
	expect(sample.files[0].sha256).toBe(createHash('sha256').update('ACGT').digest('hex'));
});

test('what is changed is changed, and what is not named stays', async () => {
	const { id } = standIn.seedProject({ name: 'Gut' });
	const project = { $ref: `/api/v1/projects/${id}` };
	const patch = async (body: object) => (await call('PATCH', `/samples/${sample.id}`, body)).body;
	expect(await patch({ project })).toMatchObject({
		project,
		tags: [tag(0)],
		visibility: 'private',
	});
	expect(await patch({ visibility: 'shared' })).toMatchObject({ project, visibility: 'shared' });
	expect(await patch({ project: null })).toMatchObject({ project: null, visibility: 'shared' });
	expect(await patch({})).toMatchObject({ project: null, visibility: 'shared', tags: [tag(0)] });
	expect(await patch({ tags: [{ name: 'trimmed' }] })).toMatchObject({ tags: [tag(1)] });
	expect(await patch({ tags: [tag(1), tag(0)] })).toMatchObject({ tags: [tag(1), tag(0)] });
	expect(await patch({ tags: [] })).toMatchObject({ tags: [] });
});

test.each<[body: object, status: number]>([
	[{ filename: 'b.fq' }, 400],
	[{ metadata: {} }, 400],
	[{ status: 'available' }, 400],
	[{ visibility: 'secret' }, 400],
	[{ visibility: 'importing' }, 400],
	[{ tags: 'gut' }, 400],
	[{ tags: ['gut'] }, 400],
	[{ tags: null }, 400],
	[{ tags: [{ name: 'gut' }, { $ref: `/api/v1/tags/${UNKNOWN_ID}` }] }, 400],
	[{ tags: [{ $ref: `/api/v1/tags/${UNKNOWN_ID}` }] }, 404],
	[{ project: { $ref: `/api/v1/projects/${UNKNOWN_ID}` } }, 404],
	[{ project: UNKNOWN_ID }, 400],
	[{ project: {} }, 400],
])('a change to %j is refused with %i', async (body, status) => {
	expect(await call('PATCH', `/samples/${sample.id}`, body)).toMatchObject({ status });
	expect(sample).toMatchObject({
		sharing: 'private',
		projectId: null,
		tagIds: [standIn.tags[0].id],
	});
});

test('a deleted sample is gone with its file and its analyses', async () => {
	const [{ path }] = sample.files;
	expect(await call('DELETE', `/samples/${sample.id}`)).toEqual({ status: 204, body: undefined });
	expect(existsSync(path)).toBe(false);
	expect([standIn.samples, standIn.analyses]).toEqual([[], []]);
	for (const method of ['GET', 'DELETE']) {
		expect((await call(method, `/samples/${sample.id}`)).status).toBe(404);
	}
});

test.each([
	['private', {}, 404, 404],
	['shared with a link', { sharing: 'shared' }, 200, 403],
	['public', { sharing: 'public' }, 200, 403],
	['of the organization', { inMyOrganization: true }, 200, 403],
] as const)("another's sample, %s", async (_what, seed, read, change) => {
	const ownerId = standIn.users[1].id;
	const { id, metadataId } = standIn.seedSample({ filename: 'b.fq', ownerId, ...seed });
	expect((await call('GET', `/samples/${id}`)).status).toBe(read);
	expect((await call('GET', `/metadata/${metadataId}`)).status).toBe(read);
	expect((await call('POST', `/samples/${id}/download_uri`)).status).toBe(read);
	expect((await call('PATCH', `/samples/${id}`, { visibility: 'public' })).status).toBe(change);
	expect((await call('PATCH', `/metadata/${metadataId}`, { name: 'a' })).status).toBe(change);
	const tagged = { name: 'gut', sample: { $ref: `/api/v1/samples/${id}` } };
	expect((await call('POST', '/tags', tagged)).status).toBe(change);
	expect((await call('DELETE', `/samples/${id}`)).status).toBe(change);
	const names = async (path: string) => (await apiClient(standIn).get(path)).text;
	expect(await names('/samples')).not.toContain('b.fq');
	expect((await names('/samples/public')).includes('b.fq')).toBe(
		'sharing' in seed && seed.sharing === 'public',
	);
	expect((await names('/samples/organization')).includes('b.fq')).toBe('inMyOrganization' in seed);
	expect(await names('/samples/organization')).toContain('a.fq');
	expect(await names('/metadata')).not.toContain(id);
});

test.each(['', '/public', '/organization'])(
	'samples%s are empty without a key; one is 401',
	async (path) => {
		const list = await send(`${standIn.baseUrl}/api/v1/samples${path}`, {});
		expect([list.status, list.text]).toEqual([200, '[]']);
		expect((await send(`${standIn.baseUrl}/api/v1/samples/${sample.id}`, {})).status).toBe(401);
	},
);
