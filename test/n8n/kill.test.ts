import { setTimeout as delay } from 'node:timers/promises';

import { faultsInTurn, isUpload, startOneCodex, type OneCodexStandIn } from '../onecodex';
import { ask } from '../ask';
import { confirmed, sorted, writeRandomFile, type Stored } from './files';
import { credentialOf, Host } from './host';
import { KilledSamples, slowParts } from './killedSamples';
import { RestClient } from './rest';
import { assertSucceeded, outputOf } from './run';
import type { Server } from './server';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

const mib = 1024 * 1024;
const names = ['1.bin', '2.bin', '3.bin'];
// The second is large: what the kernel holds of it already still arrives after the kill.
const sizes = [mib, 64 * mib, mib];

let service: OneCodexStandIn;
let host: Host;
let server: Server;
let client: RestClient;
let files: Stored[];
let samples: KilledSamples;

beforeAll(async () => {
	// A minute for the second file, so that the kill comes in its middle however busy the machine is.
	const slow = { kind: 'slow', bytesPerSecond: mib } as const;
	const slowUpload = faultsInTurn(isUpload, undefined, slow);
	service = await startOneCodex({
		faults: (request) => slowUpload(request) ?? slowParts(request),
	});
	host = await Host.create();
	files = await Promise.all(
		names.map(async (name, at) => await writeRandomFile(host.filesFolder, name, sizes[at])),
	);
	await start();
	samples = new KilledSamples(host.filesFolder);
	await client.addCredential(credentialOf({ ...service, s3Endpoint: service.storageUrl }));
	await client.addWorkflows(
		workflow(
			'upload',
			chain(
				manualTrigger(),
				readFiles('Read', `${host.filesFolder}/*.bin`),
				oneCodex('Upload', 'uploadDocument', { options: { maxConcurrency: 1 } }),
			),
		),
		await samples.workflow('samples'),
	);
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

const uploads = () => service.requests.filter(isUpload);

/** The second file's request, once it is in the middle of its body. */
async function secondUpload() {
	for (const deadline = Date.now() + 120_000; Date.now() < deadline; await delay(20)) {
		const second = uploads().at(1);
		if (second && second.bytes > 0) return second;
	}
	throw new Error('The second file was not on its way in time');
}

async function read(documentId: string): Promise<number> {
	const answer = await ask(`${service.baseUrl}/api/v1/documents/${documentId}`, {
		headers: { 'X-API-Key': service.apiKey },
	});
	return answer.status;
}

it('leaves no document and no sample half done when n8n is killed, and uploads all when it runs again', async () => {
	const endingOf = async (workflowId: string) =>
		await client.run(workflowId, 'Start').then(
			() => 'done',
			() => 'lost',
		);
	const endings = Promise.all([endingOf('upload'), endingOf('samples')]);
	const [interrupted] = await Promise.all([secondUpload(), samples.inTheMiddle(service)]);
	await server.kill();

	expect(interrupted.status).toBe(0);
	expect(await endings).toEqual(['lost', 'lost']);
	// Its end has to reach the stand-in before it can be judged what is left.
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(50)) {
		if (interrupted.aborted) break;
	}
	const { bytes } = interrupted;
	expect(interrupted).toMatchObject({ aborted: true, fault: 'slow' });
	expect(bytes).toBeLessThan(sizes[1]);
	const [first, second] = service.documents;
	expect(service.documents.map(({ state }) => state)).toEqual(['confirmed', 'initiated']);
	expect(second.object).toBeUndefined();
	expect(await read(first.id)).toBe(200);
	expect(await read(second.id)).toBe(404);
	samples.assertHalf(service);

	await start();
	const [run, ofSamples] = await Promise.all(
		['upload', 'samples'].map(async (id) => await client.run(id, 'Start')),
	);
	assertSucceeded(run);
	assertSucceeded(ofSamples);
	samples.assertWhole(service, ofSamples);
	const outputs = outputOf(run, 'Upload').map(({ json }) => json);
	expect(outputs.map(({ filename, success }) => [filename, success])).toEqual(
		names.map((name) => [name, true]),
	);
	for (const { document_id } of outputs) expect(await read(String(document_id))).toBe(200);

	// The first file is there from both runs: n8n has lost that it was uploaded already.
	const firstFile = files.filter(({ filename }) => filename === names[0]);
	expect(confirmed(service)).toEqual(sorted([...firstFile, ...files]));
	for (const { id, state, confirmations, object, size } of service.documents) {
		const isWhole = state === 'confirmed';
		expect([id, confirmations, object?.size]).toEqual([
			id,
			isWhole ? 1 : 0,
			isWhole ? size : undefined,
		]);
	}
	expect(service.document(second.id).state).toBe('initiated');
	expect(await read(second.id)).toBe(404);

	const { documents } = service;
	console.log(
		[
			`killed after ${bytes} of ${sizes[1]} bytes of the second file;`,
			`${documents.length} documents begun in two runs, ${confirmed(service).length} confirmed,`,
			`each once and byte for byte, ${documents.length - confirmed(service).length} never there`,
		].join(' '),
	);
});
