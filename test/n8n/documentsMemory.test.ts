import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { startOneCodex, type OneCodexStandIn, type StandInDocument } from '../onecodex';
import { Host } from './host';
import { assertSucceeded, outputOf } from './run';
import { chain, manualTrigger, oneCodex, workflow } from './workflow';

jest.setTimeout(600_000);

const mib = 2 ** 20;
const gib = 2 ** 30;

let service: OneCodexStandIn;
let host: Host;

/** A document of so many MiB, each of which differs from the others. */
async function seedLarge(filename: string, mebibytes: number): Promise<StandInDocument> {
	const block = randomBytes(mib);
	const document = service.seed({ filename, bytes: block });
	const object = document.object!;
	const digest = createHash('sha256');
	const file = await open(object.path, 'w');
	for (let number = 0; number < mebibytes; number++) {
		block.writeUInt32LE(number);
		digest.update(block);
		await file.write(block);
	}
	await file.close();
	document.size = object.size = mebibytes * mib;
	object.sha256 = digest.digest('hex');
	return document;
}

/** Of a file of any size. */
async function streamedSha256(path: string): Promise<string> {
	const digest = createHash('sha256');
	await pipeline(createReadStream(path, { highWaterMark: mib }), digest);
	return digest.digest('hex');
}

/** The path of a file in n8n's binary store, found by its name: where the store lies is n8n's affair. */
async function inStore(binaryId: string): Promise<string> {
	const name = binaryId.split('/').at(-1);
	const entries = await readdir(host.userFolder, { recursive: true, withFileTypes: true });
	const found = entries.find((entry) => entry.isFile() && entry.name === name);
	if (!found) throw new Error(`n8n's binary store has no ${binaryId}`);
	return join(found.parentPath, found.name);
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
	const path = await inStore(String(outputOf(run.data, 'Download')[0].binary?.data.id));
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
	const inMib = (bytes: number) => `${Math.round(bytes / mib)} MiB`;
	console.log(
		`Peak of n8n's memory: ${inMib(small)} for 1 MiB, ${inMib(large)} for 1 GiB, ` +
			`${inMib(large - small)} more`,
	);
	expect(large - small).toBeLessThan(200 * mib);
});
