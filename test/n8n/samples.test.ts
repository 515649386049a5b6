import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { fastq, filesOf, gzipped, sha256 } from '../engine/samples/content';
import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { binaryDataModes } from './differences';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import {
	chain,
	combineByPosition,
	manualTrigger,
	oneCodex,
	readFiles,
	workflow,
	type Link,
} from './workflow';

jest.setTimeout(600_000);

const lanes = ['L001', 'L002', 'L003', 'L004'];
const lane = (name: string, read: string) => `stool_S1_${name}_${read}_001.fastq.gz`;

/** By folder and name. */
const files: Record<string, Buffer> = {
	'single/stool.fastq.gz': gzipped(50_000),
	'pair/stool_R1.fastq': fastq(70_000),
	'pair/stool_R2.fastq': fastq(80_000),
	'interleaved/stool.fq': fastq(30_000),
	...Object.fromEntries(
		lanes.flatMap((name) => ['R1', 'R2'].map((read) => [`lanes/${lane(name, read)}`, gzipped()])),
	),
};

let service: OneCodexStandIn;
let host: SharedHost;

/** A step that is named after its operation. */
const sample = (name: string, parameters: IDataObject = {}) =>
	oneCodex(name, name.toLowerCase(), { resource: 'sample', ...parameters });

/** Reads a folder's files, one item each. */
const read = (folder: string) => [
	manualTrigger(),
	readFiles('Read', join(host.filesFolder, folder, '*')),
];

const upload = (folder: string, parameters: IDataObject = {}) =>
	chain(...read(folder), sample('Upload', parameters));

/** Both files of the pair on one item, as an e-mail or a form gives them. */
function uploadOfOneItem(): Link[] {
	const start = manualTrigger();
	const merge = combineByPosition('Merge', 2);
	const reads = ['R1', 'R2'].map((read) =>
		readFiles(read, join(host.filesFolder, `pair/stool_${read}.fastq`), read),
	);
	return [
		...reads.flatMap((node, input): Link[] => [
			{ from: start, to: node },
			{ from: node, to: merge, input },
		]),
		...chain(merge, sample('Upload', { binaryPropertyName: '*' })),
	];
}

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	for (const [name, bytes] of Object.entries(files)) {
		const path = join(host.filesFolder, name);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, bytes);
	}
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	host.importWorkflows(
		workflow('single', upload('single')),
		workflow('two items', upload('pair')),
		workflow('one item', uploadOfOneItem()),
		workflow('interleaved', upload('interleaved', { reads: 'interleaved' })),
		workflow('lanes', upload('lanes', { options: { mergeLanes: true } })),
		workflow(
			'upload, wait, get',
			chain(...read('pair'), ...['Upload', 'Wait', 'Get'].map((name) => sample(name))),
		),
	);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

const pair = {
	'stool_R1.fastq': sha256(files['pair/stool_R1.fastq']),
	'stool_R2.fastq': sha256(files['pair/stool_R2.fastq']),
};

const merged = (read: string) => sha256(...lanes.map((name) => files[`lanes/${lane(name, read)}`]));

describe.each(binaryDataModes)('binary data mode %s', (mode) => {
	it.each([
		['single', { 'stool.fastq.gz': sha256(files['single/stool.fastq.gz']) }, { item: 0 }],
		['two items', pair, [{ item: 0 }, { item: 1 }]],
		['one item', pair, { item: 0 }],
		['interleaved', { 'stool.fq': sha256(files['interleaved/stool.fq']) }, { item: 0 }],
		[
			'lanes',
			{ 'stool_S1_R1_001.fastq.gz': merged('R1'), 'stool_S1_R2_001.fastq.gz': merged('R2') },
			Array.from({ length: 8 }, (_, item) => ({ item })),
		],
	])('%s: one sample, with the bytes of its files', async (name, expected, pairedItem) => {
		const { data } = await host.execute(name, mode);

		assertSucceeded(data);
		const items = outputOf(data, 'Upload');
		expect(items).toHaveLength(1);
		expect(new Set([items[0].pairedItem].flat())).toEqual(new Set([pairedItem].flat()));
		const [uploaded, ...others] = service.samples;
		expect(others).toEqual([]);
		expect(filesOf(uploaded)).toEqual(expected);
		expect(uploaded).toMatchObject({ status: 'available', interleaved: name === 'interleaved' });
		expect(items[0].json).toMatchObject({ sample_id: uploaded.id, success: true });
	});
});

it('Upload, Wait and Get in a row need no field filled in', async () => {
	const { data } = await host.execute('upload, wait, get');

	assertSucceeded(data);
	const [{ id, classificationId }] = service.samples;
	expect(outputOf(data, 'Wait')).toMatchObject([
		{ json: { sample_id: id, classification_id: classificationId, status: 'available' } },
	]);
	expect(outputOf(data, 'Get')).toMatchObject([
		{ json: { sample_id: id, filename: 'stool_R1.fastq' }, pairedItem: { item: 0 } },
	]);
});
