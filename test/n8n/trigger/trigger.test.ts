import { startOneCodex, type Fault, type OneCodexStandIn } from '../../onecodex';
import { credentialOf, Host } from '../host';
import { RestClient } from '../rest';
import type { Server } from '../server';
import { until } from '../until';
import { isList, Watched } from './watched';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let host: Host;
let server: Server;
let client: RestClient;
let fault: Fault | undefined;
let watching: Watched[] = [];

beforeAll(async () => {
	service = await startOneCodex({ faults: (request) => (isList(request) ? fault : undefined) });
	host = await Host.create();
	await start();
	await client.addCredential(credentialOf(service));
});

beforeEach(() => {
	fault = undefined;
	service.reset();
});

afterEach(async () => {
	for (const { id } of watching) await client.archive(id);
	watching = [];
});

afterAll(async () => {
	await server?.stop();
	await host?.close();
	await service?.close();
});

async function start(): Promise<void> {
	server = await host.start();
	client ??= new RestClient(server.url);
	client.url = server.url;
	await client.logIn();
}

async function watch(id: string, event: string, parameters = {}): Promise<Watched> {
	const watched = await Watched.begin(id, event, client, service, parameters);
	watching.push(watched);
	return watched;
}

const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const upload = (filename: string, createdAt = ago(0)) =>
	service.seed({ filename, size: 5, createdAt });

it('documents come once each: with equal times, late, and by hundreds', async () => {
	upload('old.pdf', ago(60_000));
	const watched = await watch('documents', 'documentUploaded');
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
	const watched = await watch('killed', 'documentUploaded');
	upload('before.pdf');
	await watched.gets('before.pdf');
	await server.kill();
	upload('meanwhile.pdf');
	await start();
	await watched.gets('before.pdf', 'meanwhile.pdf');
});

it('polls fail while the service is away, and the next one catches up', async () => {
	const watched = await watch('away', 'documentUploaded');
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

it('with other filters it begins anew', async () => {
	const watched = await watch('changed', 'documentUploaded', { filters: { filename: 'report' } });
	upload('table.csv');
	upload('report.pdf');
	await watched.gets('report.pdf');
	await watched.change({ filters: { filename: 'table' } });
	upload('new-table.csv');
	await watched.gets('report.pdf', 'new-table.csv');
});

it('samples come when they are ready, with what other nodes need', async () => {
	const available = await watch('available', 'sampleAvailable');
	const failed = await watch('failed', 'sampleFailed');
	const reading = service.seedSample({ filename: 'reading.fastq', status: 'validating' });
	service.seedSample({ filename: 'bad.fastq', status: 'failed_validation', errorMsg: 'No.' });
	await failed.gets('bad.fastq');
	expect(await available.names()).toEqual([]);
	reading.advance();
	await available.gets('reading.fastq');
	expect(await available.items()).toMatchObject([{ sample_id: reading.id, status: 'available' }]);
});
