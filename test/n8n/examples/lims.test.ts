import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { filesOf, gzipped, sha256 } from '../../engine/samples/content';
import { isPreupload, type SampleSteps } from '../../onecodex';
import { ask } from '../../ask';
import { exampleWorkflow, filledIn } from '../examples';
import { until } from '../until';
import { startExample, type RunningExample } from './running';

jest.setTimeout(600_000);

const example = exampleWorkflow('lims-samples');
const key = { name: 'X-LIMS-Key', value: 'only-for-tests' };

interface Told {
	headers: IncomingHttpHeaders;
	body: unknown;
}

/** A LIMS as far as it is told something, which may be out of order. */
async function startLims() {
	const told: Told[] = [];
	let refusals = 0;
	const server = createServer((request, response) => {
		void (async () => {
			const chunks: Uint8Array[] = [];
			for await (const chunk of request) chunks.push(chunk as Uint8Array);
			const isRefused = refusals-- > 0;
			if (!isRefused) {
				const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
				told.push({ headers: request.headers, body });
			}
			response.writeHead(isRefused ? 503 : 204).end();
		})();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		told,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/one-codex`,
		refuse: (times: number) => (refusals = times),
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

let lims: Awaited<ReturnType<typeof startLims>>;
let running: RunningExample;
let steps: SampleSteps = {};

beforeAll(async () => {
	lims = await startLims();
	running = await startExample(
		filledIn(example, { 'Tell the LIMS': { url: lims.url } }),
		{ httpHeaderAuth: key },
		{ sampleSteps: () => steps },
	);
	await publish();
});

beforeEach(() => {
	steps = {};
	lims.told.length = 0;
	running.service.reset();
});

afterAll(async () => {
	await running?.close();
	await lims?.close();
});

const address = (path: string) => `${running.client.url}/webhook/${path}`;

/** Publishes the workflow as it is, and waits until its webhooks listen. */
async function publish(): Promise<void> {
	await running.client.activate(example.id);
	for (const path of ['lims-sample', 'lims-reads']) {
		await until(`the webhook ${path} is there`, async () => {
			return (await ask(address(path), { method: 'POST' })).status !== 404;
		});
	}
}

async function answerTo(path: string, init: NonNullable<Parameters<typeof ask>[1]>) {
	const headers = { ...init.headers, [key.name]: key.value };
	const answer = await ask(address(path), { method: 'POST', ...init, headers });
	return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const announce = async (sample: object) =>
	await answerTo('lims-sample', {
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(sample),
	});

/** Sends files as a web form does. */
async function send(external_id: string, files: Record<string, Buffer>) {
	const form = new FormData();
	form.set('external_id', external_id);
	for (const [name, bytes] of Object.entries(files)) {
		form.append('reads', new Blob([new Uint8Array(bytes)]), name);
	}
	return await answerTo('lims-reads', { body: form });
}

const told = async () => {
	await until('the LIMS is told', () => lims.told.length > 0);
	return lims.told.map(({ body }) => body);
};

it('a sample is there before its file, is filled by its external ID, and the LIMS is told', async () => {
	const { service } = running;
	const project = service.seedProject({ name: 'Gut' }).id;
	const external_id = 'LIMS-2026-00123';

	const announced = await announce({
		external_id,
		name: 'Stool, patient 12',
		project,
		collected: '2026-11-03T08:00:00Z',
		sample_type: 'Metagenomic',
		custom: { ward: 'ICU 2' },
	});

	const [sample, ...others] = service.samples;
	expect(others).toEqual([]);
	const { id: sample_id } = sample;
	expect(announced).toEqual({
		status: 200,
		body: { external_id, sample_id, status: 'awaiting_data' },
	});
	expect(sample).toMatchObject({
		status: 'awaiting_data',
		projectId: project,
		metadata: {
			name: 'Stool, patient 12',
			external_sample_id: external_id,
			sample_type: 'Metagenomic',
			custom: { ward: 'ICU 2' },
		},
	});
	expect(Date.parse(String(sample.metadata.date_collected))).toBe(Date.UTC(2026, 10, 3, 8));

	const files = { 'stool_R1.fastq.gz': gzipped(), 'stool_R2.fastq.gz': gzipped() };
	lims.refuse(1);
	const sent = await send(external_id, files);

	expect(sent).toEqual({ status: 202, body: { external_id, sample_id, status: 'importing' } });
	expect(await told()).toEqual([
		{
			external_id,
			sample_id,
			status: 'classified',
			classification_id: service.sample(sample_id).classificationId,
		},
	]);
	expect(lims.told[0].headers).toMatchObject({ [key.name.toLowerCase()]: key.value });
	expect(service.samples).toHaveLength(1);
	expect(filesOf(service.sample(sample_id))).toEqual(
		Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)])),
	);
});

it('what is announced again is not created again, and the answer says where it stands', async () => {
	const sample = { external_id: 'LIMS-2' };
	const first = await announce(sample);
	const again = await announce(sample);
	expect(again).toEqual(first);

	await send('LIMS-2', { 'swab.fastq.gz': gzipped() });
	await told();
	const { sample_id } = first.body;
	expect(await announce(sample)).toEqual({
		status: 200,
		body: { external_id: 'LIMS-2', sample_id, status: 'available' },
	});
	expect(running.service.requests.filter(isPreupload)).toHaveLength(1);
	expect(running.service.samples).toHaveLength(1);
});

it('says what is wrong with what was announced, and creates nothing', async () => {
	const good = { external_id: 'LIMS-3' };
	for (const [bad, error] of [
		[{ ...good, external_id: undefined }, 'External Sample ID is undefined'],
		[{ ...good, project: '0123456789abcdef' }, 'project'],
		[{ ...good, sample_type: 'Stool' }, 'Metadata: Sample Type cannot be "Stool"'],
		[{ ...good, collected: 'yesterday' }, 'Date Collected'],
	] as const) {
		expect(await announce(bad)).toEqual({
			status: 500,
			body: {
				...(bad.external_id && { external_id: bad.external_id }),
				status: 'failed',
				error: expect.stringContaining(error),
			},
		});
	}
	expect(running.service.samples).toEqual([]);
});

it('says why reads were not taken; the sample stays, and can be filled later', async () => {
	const { sample_id } = (await announce({ external_id: 'LIMS-4' })).body;

	const page = { 'reads.fastq.gz': Buffer.from('<html>Please log in</html>') };
	const refused = await send('LIMS-4', page);
	expect(refused).toEqual({
		status: 500,
		body: {
			external_id: 'LIMS-4',
			status: 'failed',
			error: expect.stringContaining('reads.fastq.gz'),
		},
	});
	const unknown = await send('LIMS-5', { 'reads.fastq.gz': gzipped() });
	expect(unknown).toMatchObject({ status: 500, body: { external_id: 'LIMS-5' } });
	expect(lims.told).toEqual([]);

	const sent = await send('LIMS-4', { 'reads.fastq.gz': gzipped() });
	expect(sent).toMatchObject({ status: 202, body: { sample_id } });
	expect(await told()).toMatchObject([{ external_id: 'LIMS-4', sample_id, status: 'classified' }]);
});

it('tells the LIMS what One Codex could not use', async () => {
	const { sample_id } = (await announce({ external_id: 'LIMS-6' })).body;
	steps = { fails: 'validation', errorMsg: 'No reads in it' };

	await send('LIMS-6', { 'reads.fastq.gz': gzipped() });

	expect(await told()).toEqual([
		{
			external_id: 'LIMS-6',
			sample_id,
			status: 'failed',
			error: expect.stringContaining('No reads in it'),
		},
	]);
});

it('knows the LIMS by its key, and takes nothing of anybody else', async () => {
	const before = running.service.requests.length;
	for (const path of ['lims-sample', 'lims-reads']) {
		const { status } = await ask(address(path), {
			method: 'POST',
			headers: { [key.name]: 'another' },
		});
		expect(status).toBe(403);
	}
	expect(running.service.requests).toHaveLength(before);
});

it('a sample is created, filled and told of in the combined binary mode, too', async () => {
	const { service, client } = running;
	await client.changeWorkflow({
		...filledIn(example, { 'Tell the LIMS': { url: lims.url } }),
		settings: { ...example.settings, binaryMode: 'combined' },
	});
	await publish();
	const project = service.seedProject({ name: 'Gut' }).id;
	const external_id = 'LIMS-combined';
	const announced = await announce({ external_id, project });
	const [sample] = service.samples;
	expect(sample.projectId).toBe(project);
	expect(announced.body).toMatchObject({ external_id, sample_id: sample.id });

	const reads = gzipped();
	const sent = await send(external_id, { 'swab.fastq.gz': reads });
	expect(sent).toMatchObject({ status: 202, body: { external_id, sample_id: sample.id } });
	expect(filesOf(sample)).toEqual({ 'swab.fastq.gz': sha256(reads) });
	expect(await told()).toMatchObject([{ external_id, status: 'classified' }]);
});
