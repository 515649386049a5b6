import { randomBytes } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { filesOf } from '../engine/samples/content';
import { startOneCodex, type OneCodexStandIn, type StandInDocument } from '../onecodex';
import { Host } from './host';
import { expectFlat, gib, inMib, inStore, makeLarge, mib, streamedSha256 } from './largeFiles';
import { idleOf, peakDuring } from './residentMemory';
import { RestClient } from './rest';
import { assertSucceeded, outputOf } from './run';
import type { Server } from './server';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

/** What a download may need, whatever its size. */
const mostMore = 128 * mib;

let service: OneCodexStandIn;
let host: Host;

/** A document of so many MiB. */
async function seedLarge(filename: string, mebibytes: number): Promise<StandInDocument> {
	const document = service.seed({ filename, bytes: Buffer.alloc(1) });
	await makeLarge(document.object!, mebibytes);
	document.size = document.object!.size;
	return document;
}

/** Writes a file that begins as FASTQ does, of so many MiB that differ from each other. */
async function writeReads(path: string, mebibytes: number): Promise<void> {
	const block = randomBytes(mib);
	const file = await open(path, 'w');
	for (let number = 0; number < mebibytes; number++) {
		block.writeUInt32LE(number, 1);
		block[0] = '@'.charCodeAt(0);
		await file.write(block);
	}
	await file.close();
}

const download = ({ id, filename }: StandInDocument) =>
	workflow(
		filename,
		chain(
			manualTrigger(),
			oneCodex('Download', 'download', { documentId: { __rl: true, mode: 'id', value: id } }),
		),
	);

/** Downloads, and gives n8n's peak of memory. */
async function peakOf({ filename, size, object }: StandInDocument): Promise<number | undefined> {
	const { run, peakMemory } = await host.executeMeasured(filename);
	assertSucceeded(run.data);
	const path = await inStore(host.userFolder, outputOf(run.data, 'Download')[0].binary?.data.id);
	expect((await stat(path)).size).toBe(size);
	expect(await streamedSha256(path)).toBe(object?.sha256);
	return peakMemory;
}

beforeAll(async () => {
	service = await startOneCodex();
	host = await Host.create();
	await host.importAccount({ ...service, s3Endpoint: service.storageUrl });
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

it('a download of 1 GiB needs hardly more memory than one of 1 MiB', async () => {
	const documents = [await seedLarge('small.bin', 1), await seedLarge('large.bin', gib / mib)];
	await host.importWorkflows(...documents.map(download));

	const [small, large] = [await peakOf(documents[0]), await peakOf(documents[1])];
	expectFlat(small, large);
});

describe('a server', () => {
	let server: Server;
	let client: RestClient;
	beforeAll(async () => {
		server = await host.start();
		client = new RestClient(server.url);
		await client.logIn();
	});
	afterAll(async () => await server?.stop());

	/** Runs a workflow to success, and gives the server's peak of memory. */
	async function measured(workflowId: string) {
		const [run, peak] = await peakDuring(
			server.pid,
			async () => await client.run(workflowId, 'Start'),
		);
		assertSucceeded(run);
		return { run, peak };
	}

	it('that downloads 1 GiB, as its first execution, needs at most 128 MiB above idle', async () => {
		const document = await seedLarge('first.bin', gib / mib);
		await client.addWorkflow(download(document));
		const idle = await idleOf(server.pid);
		const { run, peak } = await measured(document.filename);
		const path = await inStore(host.userFolder, outputOf(run, 'Download')[0].binary?.data.id);
		expect(await streamedSha256(path)).toBe(document.object?.sha256);
		if (idle === undefined) return;
		console.log(
			`n8n's memory: ${inMib(idle)} idle, at most ${inMib(peak)}, ${inMib(peak - idle)} above`,
		);
		expect(peak - idle).toBeLessThan(mostMore);
	});

	it('that uploads a pair of 400 MB needs hardly more memory than for one of 140 MB', async () => {
		const paths = ['large_R1.fastq', 'large_R2.fastq'].map((name) => join(host.filesFolder, name));
		const upload = oneCodex('Upload', 'upload', { resource: 'sample' });
		const read = readFiles('Read', `${host.filesFolder}/large_*`);
		await client.addWorkflow(workflow('pair', chain(manualTrigger(), read, upload)));
		const peakOfPair = async (mebibytes: number) => {
			for (const path of paths) await writeReads(path, mebibytes);
			return (await measured('pair')).peak;
		};
		// All parts that go at a time are in memory for that one already.
		const small = await peakOfPair(70);
		const large = await peakOfPair(200);

		const digests = await Promise.all(paths.map(streamedSha256));
		expect(Object.values(filesOf(service.samples[1]))).toEqual(digests);
		console.log(
			`n8n's memory: at most ${inMib(small)} for a pair of 140 MiB, ${inMib(large)} for 400 MiB`,
		);
		expect(large - small).toBeLessThan(100 * mib);
	});
});
