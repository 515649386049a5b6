import type { IRun } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { confirmed, sorted, writeRandomFile, type Stored } from './files';
import { Host } from './host';
import { assertSucceeded, outputOf } from './run';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

const kib = 1024;
const mib = 1024 * kib;
const sizes = [1, kib, 64 * kib - 1, 64 * kib, 64 * kib + 1, 5 * mib, 100 * mib];

const oneStep = () => [oneCodex('Done', 'uploadDocument')];
const threeSteps = () => [
	oneCodex('Init', 'initUpload'),
	oneCodex('Upload', 'uploadFile'),
	oneCodex('Done', 'confirmUpload'),
];

const combined = { binaryMode: 'combined' } as const;

let service: OneCodexStandIn;
let host: Host;
let files: Stored[];
let named: Stored[];
let inJson: Stored;
let large: Stored;

beforeAll(async () => {
	service = await startOneCodex();
	host = await Host.create();
	const write = async (name: string, size: number) =>
		await writeRandomFile(host.filesFolder, name, size);
	files = await Promise.all(sizes.map(async (size) => await write(`size-${size}.bin`, size)));
	const names = ['Ünïcode reads (1).fastq', 'données brutes.csv', '🧬 sample.fasta'];
	named = await Promise.all(names.map(async (name) => await write(`names/${name}`, kib)));
	inJson = await write('combined/report.pdf', 3 * kib);
	const read = (glob: string) => [
		manualTrigger(),
		readFiles('Read', `${host.filesFolder}/${glob}`),
	];
	large = await write('large/reads.fastq', 150 * mib);
	await host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	await host.importWorkflows(
		workflow('one-step', chain(...read('*.bin'), ...oneStep())),
		workflow('three-steps', chain(...read('*.bin'), ...threeSteps())),
		workflow('in-parts', chain(...read('large/*'), ...oneStep())),
		workflow('names', chain(...read('names/*'), ...oneStep())),
		workflow('names-3', chain(...read('names/*'), ...threeSteps())),
		workflow('combined-one-step', chain(...read('combined/*'), ...oneStep()), combined),
		workflow('combined-three-steps', chain(...read('combined/*'), ...threeSteps()), combined),
	);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

/** Runs to success and gives the last node's items; every item must tell where it came from. */
async function execute(...call: Parameters<Host['execute']>) {
	const run: IRun = await host.execute(...call);
	assertSucceeded(run.data);
	const items = outputOf(run.data, 'Done');
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		items.map((_, index) => ({ item: index })),
	);
	return items;
}

describe.each(['filesystem', 'database'] as const)('with binary data in the %s', (mode) => {
	it.each(['one-step', 'three-steps'])('uploads files of every size: %s', async (steps) => {
		const items = await execute(steps, mode);

		expect(items).toHaveLength(sizes.length);
		expect(items.map(({ json }) => json.success)).toEqual(sizes.map(() => true));
		expect(confirmed(service)).toEqual(sorted(files));
	});
});

it.each(['one-step', 'three-steps'])('uploads where files live in the JSON: %s', async (steps) => {
	await execute(`combined-${steps}`);

	expect(confirmed(service)).toEqual([inJson]);
});

it('sends a large file in parts by itself', async () => {
	const [{ json }] = await execute('in-parts');

	expect(json.etag).toMatch(/^[0-9a-f]{32}-10$/);
	expect(service.multipartUploads).toMatchObject([{ state: 'completed', parts: 10 }]);
	expect(confirmed(service)).toEqual([large]);
});

it('makes names that One Codex takes, and keeps the original', async () => {
	const items = await execute('names');

	for (const { json } of items) {
		const { filename, object } = service.document(String(json.document_id));
		const original = named.find((file) => file.filename === json.original_filename);
		expect(filename).toMatch(/^\w[\w.-]*\.(csv|fasta|fastq)$/);
		expect(json.filename).toBe(filename);
		expect(object?.sha256).toBe(original?.sha256);
	}
	expect(confirmed(service)).toHaveLength(named.length);
});

it('uses the same name in every step', async () => {
	await execute('names-3');

	const digests = (stored: Stored[]) => stored.map(({ sha256 }) => sha256).sort();
	expect(digests(confirmed(service))).toEqual(digests(named));
});
