import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient } from './client';
import { lendForSample } from './s3Client';

const R1 = '@1/1\nACGT\n+\nIIII\n';
const R2 = '@1/2\nTTTT\n+\nIIII\n';
const PAIR = { filename: 'a_R1.fastq', paired_end_filename: 'a_R2.fastq' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

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
const get = async (id: string) => (await call('GET', `/samples/${id}`)).body;

test('a sample is there before its file, and its keys write that file alone', async () => {
	const { lent, sampleId, putObject } = await lendForSample(standIn);
	expect(lent).toEqual({
		callback_url: '/api/import_file_from_s3',
		file_id: expect.stringMatching(/^[0-9a-f]{16}$/),
		paired_end_file_id: null,
		s3_bucket: expect.any(String),
		sample_id: expect.stringMatching(/^[0-9a-f]{16}$/),
		upload_aws_access_key_id: expect.stringMatching(/^AKIA[0-9A-F]{16}$/),
		upload_aws_secret_access_key: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
	});
	expect(await get(sampleId)).toMatchObject({
		filename: 'reads.fastq',
		size: null,
		status: 'awaiting_data',
		visibility: 'awaiting data',
		primary_classification: null,
		project: null,
		tags: [],
	});
	expect((await putObject(R1, { key: 'another' })).status).toBe(403);
	expect(standIn.sample(sampleId).confirmations).toBe(0);
});

test('a single file: stored, called back, imported, classified', async () => {
	const { lent, sampleId, putObject, callback } = await lendForSample(standIn);
	expect((await putObject(R1)).status).toBe(200);
	const { status, text } = await callback();
	expect([status, JSON.parse(text)]).toMatchObject([200, { sample_id: sampleId }]);
	const sample = standIn.sample(sampleId);
	expect(sample.files).toMatchObject([{ key: lent.file_id, sha256: sha256(R1) }]);
	expect(await get(sampleId)).toMatchObject({
		status: 'available',
		visibility: 'private',
		size: R1.length,
		error_msg: null,
		primary_classification: { $ref: `/api/v1/classifications/${sample.classificationId}` },
	});
	expect((await putObject(R1)).status).toBe(403);
	expect(sample.confirmations).toBe(1);
});

test('a pair: both files under the same keys, and one callback, for the first', async () => {
	const { lent, sampleId, putObject, callback } = await lendForSample(standIn, PAIR);
	const key = String(lent.paired_end_file_id);
	expect(new Set([key, lent.file_id, sampleId]).size).toBe(3);
	expect((await putObject(R2, { key })).status).toBe(200);
	expect((await putObject(R1)).status).toBe(200);
	expect((await callback({ filename: 'a_R1.fastq' })).status).toBe(200);
	const { files, size, pairedEndFilename } = standIn.sample(sampleId);
	expect(files.map((file) => [file.key, file.sha256])).toEqual([
		[lent.file_id, sha256(R1)],
		[key, sha256(R2)],
	]);
	expect(files.map(({ path }) => readFileSync(path, 'utf8'))).toEqual([R1, R2]);
	expect([size, pairedEndFilename]).toEqual([R1.length + R2.length, 'a_R2.fastq']);
});

test('what is said of it comes with it: metadata, tags, project', async () => {
	const project = standIn.seedProject({ name: 'Gut' });
	const reference = { $ref: `/api/v1/projects/${project.id}` };
	const { sampleId } = await lendForSample(standIn, {
		filename: 'reads.fastq',
		interleaved: true,
		metadata: { name: 'Stool 1', platform: 'Illumina', custom: { lab: 7 }, starred: true },
		tags: [{ name: 'gut' }, { name: 'gut' }, { name: 'trimmed' }],
		project: reference,
	});
	const { body } = await call('GET', `/samples/${sampleId}?expand=all`);
	expect(body).toMatchObject({
		project: { $uri: reference.$ref, name: 'Gut' },
		tags: [{ name: 'gut' }, { name: 'trimmed' }],
		metadata: {
			name: 'Stool 1',
			platform: 'Illumina',
			custom: { lab: 7 },
			starred: true,
			external_sample_id: null,
			sample: { $ref: `/api/v1/samples/${sampleId}` },
		},
		owner: { $uri: `/api/v1/users/${standIn.userId}`, email: standIn.users[0].email },
	});
	expect(standIn.sample(sampleId).interleaved).toBe(true);
	// The vendor's client sends the bare id.
	const bare = await lendForSample(standIn, { filename: 'reads.fastq', project: project.id });
	expect(await get(bare.sampleId)).toMatchObject({ project: reference });
});

test.each(['sample_id', 'external_sample_id'])(
	'a sample that was created before: by %s',
	async (name) => {
		const body = { metadata: { external_sample_id: 'LIMS-7' }, tags: [{ name: 'gut' }] };
		const created = await call('POST', '/samples/preupload', body);
		expect(created).toEqual({ status: 200, body: { sample_id: expect.any(String) } });
		const id = String(created.body.sample_id);
		expect(await get(id)).toMatchObject({ filename: null, status: 'awaiting_data' });
		const { sampleId, putObject, callback } = await lendForSample(standIn, {
			filename: 'reads.fastq',
			[name]: name === 'sample_id' ? id : 'LIMS-7',
			tags: [{ name: 'trimmed' }],
			metadata: { name: 'Stool 1' },
		});
		expect(sampleId).toBe(id);
		await putObject(R1);
		expect((await callback()).status).toBe(200);
		expect((await call('GET', `/samples/${id}?expand=all`)).body).toMatchObject({
			status: 'available',
			filename: 'reads.fastq',
			tags: [{ name: 'gut' }, { name: 'trimmed' }],
			metadata: { external_sample_id: 'LIMS-7', name: 'Stool 1' },
		});
		expect(standIn.samples).toHaveLength(1);
	},
);

test('an upload may begin anew; what came of the first is gone when the second is called back', async () => {
	const first = await lendForSample(standIn);
	await first.putObject(R2);
	const left = standIn.imports[0].object?.path ?? '';
	const again = { filename: 'reads.fastq', sample_id: first.sampleId };
	const second = await lendForSample(standIn, again);
	await second.putObject(R1);
	expect((await second.callback()).status).toBe(200);
	expect(existsSync(left)).toBe(false);
	expect((await first.putObject(R2)).status).toBe(403);
	expect((await first.callback()).status).toBe(409);
	expect(standIn.sample(first.sampleId).files).toMatchObject([{ sha256: sha256(R1) }]);
});

test('a cancelled upload is gone with its sample and its keys; one that came to its end is not', async () => {
	const cancelled = await lendForSample(standIn);
	await cancelled.putObject(R1);
	const path = standIn.imports[0].object?.path ?? '';
	const body = { sample_id: cancelled.sampleId };
	const answer = await call('POST', '/samples/cancel_upload', body);
	expect(answer).toEqual({ status: 200, body: { success: true, message: 'Upload cancelled' } });
	expect(existsSync(path)).toBe(false);
	expect((await cancelled.callback()).status).toBe(400);
	expect((await cancelled.putObject(R1)).status).toBe(403);
	expect((await call('GET', `/samples/${cancelled.sampleId}`)).status).toBe(404);
	expect((await call('POST', '/samples/cancel_upload', body)).status).toBe(404);

	const { sampleId, putObject, callback } = await lendForSample(standIn);
	await putObject(R1);
	await callback();
	expect(await call('POST', '/samples/cancel_upload', { sample_id: sampleId })).toEqual({
		status: 409,
		body: { message: 'Upload already successful', status: 409 },
	});
});

test('a sample of a URL is answered as it is, and says where it is from', async () => {
	const urls = {
		uri: 'https://lab.example/a_R1.fq.gz',
		paired_uri: 'https://lab.example/a_R2.fq.gz',
	};
	const { status, body } = await call('POST', '/samples/import', {
		import_type: 'url',
		...urls,
		tags: [{ name: 'gut' }],
	});
	expect([status, body]).toMatchObject([200, { filename: 'a_R1.fq.gz', size: null }]);
	const [sample] = standIn.samples;
	expect(sample).toMatchObject({ urls: Object.values(urls), pairedEndFilename: 'a_R2.fq.gz' });
	expect(sample.status).toBe('available');
});
