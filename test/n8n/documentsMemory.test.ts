import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { startOneCodex, type OneCodexStandIn, type StandInDocument } from '../onecodex';
import { Host } from './host';
import { gib, inMib, inStore, makeLarge, mib, streamedSha256 } from './largeFiles';
import { RestClient } from './rest';
import { assertSucceeded, outputOf } from './run';
import { chain, manualTrigger, oneCodex, workflow } from './workflow';

jest.setTimeout(600_000);

/** What a download may need, whatever its size. */
const mostMore = 128 * mib;
const samplesPerSecond = 20;

let service: OneCodexStandIn;
let host: Host;

/** A document of so many MiB. */
async function seedLarge(filename: string, mebibytes: number): Promise<StandInDocument> {
	const document = service.seed({ filename, bytes: Buffer.alloc(1) });
	await makeLarge(document.object!, mebibytes);
	document.size = document.object!.size;
	return document;
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
	await host.importAccount(service);
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

it('a download of 1 GiB needs hardly more memory than one of 1 MiB', async () => {
	const documents = [await seedLarge('small.bin', 1), await seedLarge('large.bin', gib / mib)];
	await host.importWorkflows(...documents.map(download));

	const [small, large] = [await peakOf(documents[0]), await peakOf(documents[1])];

	if (small === undefined || large === undefined) {
		console.log('Memory was not compared: this system has no /proc that tells it.');
		return;
	}
	console.log(
		`Peak of n8n's memory: ${inMib(small)} for 1 MiB, ${inMib(large)} for 1 GiB, ` +
			`${inMib(large - small)} more`,
	);
	expect(large - small).toBeLessThan(200 * mib);
});

/** Bytes that a process has in memory now; undefined where the system does not say. */
function residentOf(pid: number): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
	} catch {
		return undefined;
	}
}

/** Bytes of a process that does nothing, once it has come to rest: the same, or less, for a while. */
async function idleOf(pid: number): Promise<number | undefined> {
	let least = Infinity;
	for (let calm = 0, tries = 0; calm < 20 && tries < 300; tries++) {
		const now = residentOf(pid);
		if (now === undefined) return undefined;
		calm = Math.abs(now - least) < 2 * mib ? calm + 1 : 0;
		least = now;
		await delay(250);
	}
	return least;
}

it('a server that downloads 1 GiB, as its first execution, needs at most 128 MiB above idle', async () => {
	const document = await seedLarge('first.bin', gib / mib);
	await host.importWorkflows(download(document));
	const server = await host.start();
	try {
		const client = new RestClient(server.url);
		await client.logIn();
		const idle = await idleOf(server.pid);
		let peak = 0;
		const sampling = setInterval(() => {
			peak = Math.max(peak, residentOf(server.pid) ?? 0);
		}, 1_000 / samplesPerSecond);
		const run = await client.run(document.filename, 'Start').finally(() => clearInterval(sampling));
		assertSucceeded(run);
		const path = await inStore(host.userFolder, outputOf(run, 'Download')[0].binary?.data.id);
		expect(await streamedSha256(path)).toBe(document.object?.sha256);
		if (idle === undefined) return;
		console.log(
			`n8n's memory: ${inMib(idle)} idle, at most ${inMib(peak)}, ${inMib(peak - idle)} above`,
		);
		expect(peak - idle).toBeLessThan(mostMore);
	} finally {
		await server.stop();
	}
});
