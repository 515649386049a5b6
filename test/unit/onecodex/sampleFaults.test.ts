import {
	type Fault,
	type FaultSchedule,
	faultsInTurn,
	isAnalysisGet,
	isCancelUpload,
	isPutObject,
	isSampleCallback,
	isSampleGet,
	isSampleImport,
	isSampleInit,
	isSampleList,
	isSamplePatch,
	isTagCreate,
	type OneCodexStandIn,
	seededFaults,
	startOneCodex,
} from '../../onecodex';
import { apiClient } from './client';
import { lendForSample } from './s3Client';

let faults: FaultSchedule;
let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0, faults: (request) => faults(request) });
});
afterAll(() => standIn.close());
beforeEach(() => {
	faults = () => undefined;
	standIn.reset();
});

const LOST: Fault = { kind: 'reset', when: 'after' };

test('the answer of init is lost after the sample was made', async () => {
	faults = faultsInTurn(isSampleInit, LOST);
	await expect(lendForSample(standIn)).rejects.toThrow(/ECONNRESET|hang up/);
	expect(standIn.samples).toMatchObject([{ filename: 'reads.fastq', status: 'awaiting_data' }]);
	await lendForSample(standIn);
	expect(standIn.samples).toHaveLength(2);
});

test('the answer of the callback is lost after the sample was imported: it can be seen, and told from a refusal', async () => {
	faults = faultsInTurn(isSampleCallback, { kind: 'status', status: 503 }, LOST);
	const { sampleId, putObject, callback } = await lendForSample(standIn);
	await putObject('ACGT');
	expect((await callback()).status).toBe(503);
	expect(standIn.sample(sampleId).status).toBe('awaiting_data');
	await expect(callback()).rejects.toThrow(/ECONNRESET|hang up/);
	const { text } = await apiClient(standIn).get(`/samples/${sampleId}`);
	expect(JSON.parse(text)).toMatchObject({ status: 'available' });
	expect((await callback()).status).toBe(409);
});

test('a file that is stored wrongly has the digest of what is stored', async () => {
	faults = faultsInTurn(isPutObject, { kind: 'wrongEtag' });
	const { sampleId, putObject, callback } = await lendForSample(standIn);
	const body = Buffer.from('ACGT');
	const { headers } = await putObject(body, { payloadHash: 'UNSIGNED-PAYLOAD' });
	await callback();
	const [file] = standIn.sample(sampleId).files;
	expect(headers.etag).toBe(file.etag);
	expect(file.size).toBe(4);
});

test.each<
	[what: string, match: typeof isSampleList, call: [method: string, path: string, body?: object]]
>([
	['a list', isSampleList, ['GET', '/samples?per_page=5']],
	['a list of the organization', isSampleList, ['GET', '/samples/organization']],
	['a sample', isSampleGet, ['GET', '/samples/:id']],
	['a change', isSamplePatch, ['PATCH', '/samples/:id', { visibility: 'public' }]],
	['a cancellation', isCancelUpload, ['POST', '/samples/cancel_upload', { sample_id: ':id' }]],
	['an import', isSampleImport, ['POST', '/samples/import', { uri: 'https://lab.example/a.fq' }]],
	[
		'a tag',
		isTagCreate,
		['POST', '/tags', { name: 'gut', sample: { $ref: '/api/v1/samples/:id' } }],
	],
	['an analysis', isAnalysisGet, ['GET', '/classifications/:analysis']],
])('a fault meets %s and nothing else', async (_what, match, [method, path, json]) => {
	const { id, classificationId } = standIn.seedSample({ filename: 'a.fq' });
	const filled = (text: string): string =>
		text.replace(':id', id).replace(':analysis', String(classificationId));
	faults = faultsInTurn(match, { kind: 'status', status: 503 });
	const api = apiClient(standIn);
	expect((await api.get('/account')).status).toBe(200);
	expect((await api.get('/documents')).status).toBe(200);
	const body = json && (JSON.parse(filled(JSON.stringify(json))) as unknown);
	expect((await api.call(method, filled(path), body)).status).toBe(503);
	expect((await api.call(method, filled(path), body)).status).not.toBe(503);
});

test('faults at random violate no description', async () => {
	const { id } = standIn.seedSample({ filename: 'a.fq', tags: ['gut'] });
	faults = seededFaults({ seed: 7, chance: 0.5, stallAllowed: false });
	for (let index = 0; index < 40; index++) {
		await apiClient(standIn)
			.get(`/samples/${id}?expand=all`)
			.catch(() => {});
	}
	expect(standIn.violations).toEqual([]);
});
