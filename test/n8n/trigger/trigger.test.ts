import { startOneCodex, type Fault, type OneCodexStandIn } from '../../onecodex';
import { until } from '../until';
import { oneCodexTrigger } from '../workflow';
import { ago, Instance } from './instance';
import { begins, isList } from './watched';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let n8n: Instance;
let fault: Fault | undefined;

beforeAll(async () => {
	service = await startOneCodex({ faults: (request) => (isList(request) ? fault : undefined) });
	n8n = await Instance.start(service);
});

beforeEach(() => {
	fault = undefined;
	service.reset();
});

afterEach(async () => await n8n.rest());

afterAll(async () => {
	await n8n?.close();
	await service?.close();
});

const upload = (filename: string, createdAt = ago(0)) =>
	service.seed({ filename, size: 5, createdAt });

it('documents come once each: with equal times, late, and by hundreds', async () => {
	upload('old.pdf', ago(60_000));
	const watched = await n8n.watch('documents', 'documentUploaded');
	const now = ago(0);
	upload('a.pdf', now);
	upload('b.pdf', now);
	await watched.gets('a.pdf', 'b.pdf');
	upload('c.pdf', now);
	upload('late.pdf', ago(3_600_000));
	await watched.gets('a.pdf', 'b.pdf', 'c.pdf', 'late.pdf');

	const many = Array.from({ length: 300 }, (_, index) => `${index}.pdf`);
	for (const [index, name] of many.entries()) upload(name, ago(index % 3));
	await watched.gets('a.pdf', 'b.pdf', 'c.pdf', 'late.pdf', ...many);

	const before = service.requests.length;
	await watched.polls(3);
	const requests = service.requests.slice(before).map(({ path }) => path.split('?')[0]);
	console.log(`Three polls without anything new: ${requests.length} requests of One Codex`);
	expect(requests).toEqual(Array(3).fill('/api/v1/documents'));
});

it('what comes while n8n is killed comes after, and nothing comes twice', async () => {
	const watched = await n8n.watch('killed', 'documentUploaded');
	upload('before.pdf');
	await watched.gets('before.pdf');
	await n8n.killed(() => upload('meanwhile.pdf'));
	await watched.gets('before.pdf', 'meanwhile.pdf');
});

it('polls fail while the service is away, and the next one catches up', async () => {
	const watched = await n8n.watch('away', 'documentUploaded');
	upload('before.pdf');
	await watched.gets('before.pdf');
	fault = { kind: 'status', status: 503 };
	upload('meanwhile.pdf');
	await until('three polls that failed', async () => (await watched.errors()).length >= 3);
	fault = undefined;
	await watched.gets('before.pdf', 'meanwhile.pdf');
	expect(new Set(await watched.errors())).toEqual(
		new Set(['One Codex is not available: Service Unavailable']),
	);
});

it('an n8n that starts while the service is away tells, and catches up', async () => {
	const watched = await n8n.watch('started', 'documentUploaded');
	upload('before.pdf');
	await watched.gets('before.pdf');
	await n8n.killed(() => {
		fault = { kind: 'status', status: 503 };
		upload('meanwhile.pdf');
	});
	await until('a poll that failed', async () => (await watched.errors()).length > 0);
	fault = undefined;
	await watched.gets('before.pdf', 'meanwhile.pdf');
});

it('with other filters it begins anew', async () => {
	const filters = { filename: 'report' };
	const watched = await n8n.watch('changed', 'documentUploaded', { filters });
	upload('table.csv');
	upload('report.pdf');
	await watched.gets('report.pdf');
	await watched.change({ filters: { filename: 'table' } });
	upload('new-table.csv');
	await watched.gets('report.pdf', 'new-table.csv');
});

it('two triggers of a workflow, of which one is changed, give each entry once', async () => {
	const fail = (filename: string) =>
		service.seedSample({ filename, status: 'failed_validation', errorMsg: 'No.' });
	const before = service.requests.length;
	const beside = oneCodexTrigger('sampleFailed', {}, 3, 'Samples');
	const watched = await n8n.watch('together', 'documentUploaded', {}, beside);
	await begins(service, 'sampleFailed', { before });
	upload('a.pdf');
	fail('a.fastq');
	await watched.gets('a.pdf', 'a.fastq');
	await watched.change({ filters: { filename: 'pdf' } });
	fail('b.fastq');
	await watched.gets('a.pdf', 'a.fastq', 'b.fastq');
	// What n8n saves with this one is of the workflow as it was when it was changed.
	upload('b.pdf');
	await watched.gets('a.pdf', 'a.fastq', 'b.fastq', 'b.pdf');
	await n8n.killed(() => {
		upload('c.pdf');
		fail('c.fastq');
	});
	await watched.gets('a.pdf', 'a.fastq', 'b.fastq', 'b.pdf', 'c.pdf', 'c.fastq');
});

it('samples come when they are ready, with what other nodes need', async () => {
	const available = await n8n.watch('available', 'sampleAvailable');
	const failed = await n8n.watch('failed', 'sampleFailed');
	const reading = service.seedSample({ filename: 'reading.fastq', status: 'validating' });
	service.seedSample({ filename: 'bad.fastq', status: 'failed_validation', errorMsg: 'No.' });
	await failed.gets('bad.fastq');
	expect(await available.names()).toEqual([]);
	reading.advance();
	await available.gets('reading.fastq');
	expect(await available.items()).toMatchObject([{ sample_id: reading.id, status: 'available' }]);
});

it('an analysis that failed and then succeeded comes with both events', async () => {
	const failed = await n8n.watch('analysis-failed', 'analysisFailed');
	const succeeded = await n8n.watch('analysis-succeeded', 'analysisSucceeded');
	const { id: sampleId } = service.seedSample({ filename: 's.fastq', classification: 'none' });
	const { id } = service.seedAnalysis({ sampleId, state: 'failed' });
	await until('the failure', async () => (await failed.items()).length > 0);
	expect(await succeeded.items()).toEqual([]);
	service.endAnalysis(id);
	await until('the success', async () => (await succeeded.items()).length > 0);
	await succeeded.polls(4);
	for (const [watched, state] of [
		[failed, 'failed'],
		[succeeded, 'succeeded'],
	] as const) {
		expect(await watched.items()).toMatchObject([{ analysis_id: id, state, sample_id: sampleId }]);
	}
});
