import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient, basic, send } from './client';
import { lendForSample } from './s3Client';

const ID = '0123456789abcdef';
const INIT = 'init_multipart_upload';
const READS = { filename: 'reads.fastq' };

let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0 });
});
afterAll(() => standIn.close());
afterEach(() => standIn.reset());

const post = async (path: string, json: unknown) => {
	const { status, text } = await apiClient(standIn).post(`/samples/${path}`, json);
	return { status, body: JSON.parse(text) as { message: string } };
};

test.each<[path: string, body: object, status: number, named: string]>([
	[INIT, {}, 400, 'filename'],
	[INIT, { filename: null }, 400, 'filename'],
	[INIT, { filename: 'reads' }, 400, 'filename'],
	[INIT, { filename: '-reads.fq' }, 400, 'filename'],
	[INIT, { filename: 'a/reads.fq' }, 400, 'filename'],
	[INIT, { filename: 'Stühle.fq' }, 400, 'filename'],
	[INIT, { ...READS, paired_end_filename: 'R 2?.fq' }, 400, 'paired_end_filename'],
	[INIT, { ...READS, paired_end_filename: 'b.fq', interleaved: true }, 400, 'interleaved'],
	[INIT, { ...READS, size: 5 }, 400, 'size'],
	[INIT, { ...READS, sample_id: ID, external_sample_id: 'LIMS-7' }, 400, 'external_sample_id'],
	[INIT, { ...READS, sample_id: ID }, 400, 'sample_id'],
	[INIT, { ...READS, external_sample_id: 'LIMS-7' }, 400, 'external_sample_id'],
	[INIT, { ...READS, project: { $ref: `/api/v1/projects/${ID}` } }, 404, 'project'],
	[INIT, { ...READS, project: ID }, 404, 'project'],
	[INIT, { ...READS, project: 'Gut' }, 400, 'project'],
	[INIT, { ...READS, tags: [{ $ref: `/api/v1/tags/${ID}` }] }, 400, 'tags'],
	[INIT, { ...READS, metadata: { location_lat: 91 } }, 400, 'location_lat'],
	[INIT, { ...READS, metadata: { date_collected: '2026-01-05' } }, 400, 'date_collected'],
	[INIT, { ...READS, metadata: { custom: { a: { b: 1 } } } }, 400, 'custom.a'],
	[INIT, { ...READS, metadata: { external_sample_id: 'a'.repeat(61) } }, 400, 'external_sample_id'],
	['preupload', { filename: 'reads.fq' }, 400, 'filename'],
	['import', {}, 400, 'uri'],
	['import', { uri: 'ftp://lab.example/a.fq' }, 400, 'uri'],
	['import', { uri: 'https://lab.example/' }, 400, 'uri'],
	['import', { uri: 'https://lab.example/a.fq', paired_uri: 'a.fq' }, 400, 'paired_uri'],
	['import', { uri: 'https://lab.example/a.fq', import_type: 's3' }, 400, 'import_type'],
	['cancel_upload', {}, 400, 'sample_id'],
	['cancel_upload', { sample_id: ID }, 404, 'sample'],
])('%s: %j is refused with %i', async (path, body, status, named) => {
	expect(await post(path, body)).toEqual({
		status,
		body: { message: expect.stringContaining(named), status },
	});
	expect(standIn.samples).toEqual([]);
});

test('a name may have spaces and brackets, as the description has it', async () => {
	const filename = 'S 1 (a)[b]{c}-d.tar.gz';
	expect(await lendForSample(standIn, { filename })).toBeDefined();
});

test('a sample that has its file awaits no other one, nor does another owner’s', async () => {
	const done = standIn.seedSample({ filename: 'a.fq', size: 1 });
	const theirs = standIn.seedSample({ status: 'awaiting_data', ownerId: standIn.users[1].id });
	for (const { id } of [done, theirs]) {
		expect((await post(INIT, { ...READS, sample_id: id })).status).toBe(400);
	}
});

test.each<[what: string, json: Record<string, unknown>, named: string]>([
	['another place', { s3_path: 's3://another/place' }, 's3_path'],
	['no place', { s3_path: undefined }, 's3_path'],
	['another name', { filename: 'other.fastq' }, 'filename'],
	['no name', { filename: undefined }, 'filename'],
])('a callback of %s is refused', async (_what, json, named) => {
	const { sampleId, putObject, callback } = await lendForSample(standIn);
	await putObject('ACGT');
	const { status, text } = await callback(json);
	expect([status, text]).toEqual([400, expect.stringContaining(named)]);
	expect(standIn.sample(sampleId).status).toBe('awaiting_data');
	expect((await callback()).status).toBe(200);
});

test('a callback is refused until the files are whole, for the second file, and a second time', async () => {
	const pair = { ...READS, paired_end_filename: 'reads2.fastq' };
	const { lent, sampleId, putObject, callback } = await lendForSample(standIn, pair);
	expect((await callback()).status).toBe(400);
	await putObject('ACGT');
	expect((await callback()).status).toBe(400);
	const key = String(lent.paired_end_file_id);
	await putObject('', { key });
	expect((await callback()).text).toContain('empty');
	await putObject('TTTT', { key });
	const ofSecond = { s3_path: `s3://${lent.s3_bucket}/${key}`, filename: 'reads2.fastq' };
	expect((await callback(ofSecond)).status).toBe(400);
	expect((await callback()).status).toBe(200);
	expect((await callback()).status).toBe(409);
	expect(standIn.sample(sampleId)).toMatchObject({ confirmations: 5, size: 8 });
});

test('a callback without the key is refused', async () => {
	const { lent, putObject } = await lendForSample(standIn);
	await putObject('ACGT');
	const url = standIn.baseUrl + lent.callback_url;
	for (const headers of [{}, { Authorization: basic('b') }]) {
		expect((await send(url, { method: 'POST', headers })).status).toBe(401);
	}
});

test('the free plan has room for so many, and 402 for the next one, whichever way it comes', async () => {
	const small = await startOneCodex({ requestsPerSecond: 0, maxSamples: 1, premium: false });
	try {
		const { sampleId } = await lendForSample(small);
		const api = apiClient(small);
		const bodies = { [INIT]: READS, preupload: {}, import: { uri: 'https://lab.example/a.fq' } };
		for (const [path, body] of Object.entries(bodies)) {
			const { status, text } = await api.post(`/samples/${path}`, body);
			expect([status, JSON.parse(text)]).toMatchObject([402, { message: expect.any(String) }]);
		}
		expect((await api.post(`/samples/${INIT}`, { ...READS, sample_id: sampleId })).status).toBe(
			200,
		);
		const link = await api.call('POST', `/samples/${sampleId}/download_uri`);
		expect(link.status).toBe(402);
	} finally {
		await small.close();
	}
});
