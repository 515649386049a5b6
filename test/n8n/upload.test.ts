import type { IRun } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { binaryDataModes, hasCombinedBinaryMode } from './differences';
import { confirmed, sorted, writeRandomFile, type Stored } from './files';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

const kib = 1024;
const mib = 1024 * kib;
/** What fits into memory, base64 and all, where n8n keeps files there. */
const smallSizes = [1, kib, 64 * kib - 1, 64 * kib, 64 * kib + 1, 5 * mib];
const sizes = [...smallSizes, 100 * mib];

const oneStep = () => [oneCodex('Done', 'uploadDocument')];
const threeSteps = () => [
	oneCodex('Init', 'initUpload'),
	oneCodex('Upload', 'uploadFile'),
	oneCodex('Done', 'confirmUpload'),
];

const combined = { binaryMode: 'combined' } as const;

let service: OneCodexStandIn;
let host: SharedHost;
/** Of the last run. */
let data: IRun['data'];
let files: Stored[];
let named: Stored[];
let inJson: Stored;
let large: Stored;

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	const write = async (name: string, size: number) =>
		await writeRandomFile(host.filesFolder, name, size);
	const folderOf = (size: number) => (smallSizes.includes(size) ? 'small' : 'large');
	files = await Promise.all(
		sizes.map(async (size) => await write(`${folderOf(size)}/size-${size}.bin`, size)),
	);
	const names = ['Ünïcode reads (1).fastq', 'données brutes.csv', '🧬 sample.fasta'];
	named = await Promise.all(names.map(async (name) => await write(`names/${name}`, kib)));
	inJson = await write('combined/report.pdf', 3 * kib);
	const read = (glob: string) => [
		manualTrigger(),
		readFiles('Read', `${host.filesFolder}/${glob}`),
	];
	large = await write('in-parts/reads.fastq', 150 * mib);
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	host.importWorkflows(
		workflow('one-step', chain(...read('{small,large}/*'), ...oneStep())),
		workflow('three-steps', chain(...read('{small,large}/*'), ...threeSteps())),
		workflow('small-one-step', chain(...read('small/*'), ...oneStep())),
		workflow('small-three-steps', chain(...read('small/*'), ...threeSteps())),
		workflow('in-parts', chain(...read('in-parts/*'), ...oneStep())),
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
async function execute(...call: Parameters<SharedHost['execute']>) {
	({ data } = await host.execute(...call));
	assertSucceeded(data);
	const items = outputOf(data, 'Done');
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		items.map((_, index) => ({ item: index })),
	);
	return items;
}

describe.each(binaryDataModes)('binary data mode %s', (mode) => {
	it.each(['one-step', 'three-steps'])('uploads files of every size: %s', async (steps) => {
		const inMemory = mode === 'default';
		const items = await execute(inMemory ? `small-${steps}` : steps, mode);

		const expected = files.filter(({ size }) => !inMemory || smallSizes.includes(size));
		expect(items.map(({ json }) => json.success)).toEqual(expected.map(() => true));
		expect(confirmed(service)).toEqual(sorted(expected));
	});
});

it.each(['one-step', 'three-steps'])('uploads in combined binary mode: %s', async (steps) => {
	await execute(`combined-${steps}`);

	const [{ json, binary = {} }] = outputOf(data, 'Read');
	const combinedFiles = json._files ?? {};
	expect(Object.keys(combinedFiles)).toEqual(hasCombinedBinaryMode ? ['data'] : []);
	expect(Object.keys(binary)).toEqual(hasCombinedBinaryMode ? [] : ['data']);
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
