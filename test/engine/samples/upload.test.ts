import { readFileSync } from 'node:fs';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { run } from '../engine';
import { fastq, filesOf, gzipped, itemOf, sha256 } from './reads';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const credentials = () => ({
	apiKey: oneCodex.apiKey,
	baseUrl: oneCodex.baseUrl,
	s3Endpoint: oneCodex.storageUrl,
});

async function upload(items: INodeExecutionData[], parameters: INodeParameters = {}, more = {}) {
	const step = { resource: 'sample', operation: 'upload', ...parameters };
	return await run({ credentials: credentials(), items, steps: [step], ...more });
}

const callsOf = () =>
	oneCodex.requests
		.filter(({ method }) => method !== 'HEAD')
		.map(({ side, method, path }) => `${side} ${method} ${path.split('?')[0].split('/').at(-1)}`);

it('a file becomes a sample, and the output says all that is known of it', async () => {
	const bytes = gzipped();
	const { error, outputs, hints } = await upload([await itemOf({ 'stool.fastq.gz': bytes })]);
	expect(error).toBeUndefined();
	const [sample] = oneCodex.samples;
	expect(outputs()).toEqual([
		[
			{
				json: {
					sample_id: sample.id,
					sample: { $ref: `/api/v1/samples/${sample.id}` },
					filename: 'stool.fastq.gz',
					paired_end_filename: null,
					original_filenames: ['stool.fastq.gz'],
					size: bytes.length,
					success: true,
					message: 'Upload confirmed.',
				},
				pairedItem: { item: 0 },
			},
		],
	]);
	expect(hints()).toEqual([]);
	expect(sample).toMatchObject({ status: 'available', confirmations: 1, interleaved: false });
	expect(filesOf(sample)).toEqual({ 'stool.fastq.gz': sha256(bytes) });
	expect(
		oneCodex.requests.every(
			({ side, headers }) => side === 'api' || !headers.authorization?.startsWith('Basic'),
		),
	).toBe(true);
});

describe('a pair', () => {
	const files = { 's_R2.fastq': fastq(), 's_R1.fastq': fastq() };

	it.each([
		['on one item', async () => [await itemOf(files)], { binaryPropertyName: '*' }, { item: 0 }],
		[
			'on two items, as an SFTP list gives it',
			async () => [
				await itemOf({ 's_R2.fastq': files['s_R2.fastq'] }),
				await itemOf({ 'other.fasta': Buffer.from('>x\nACGT\n') }),
				await itemOf({ 's_R1.fastq': files['s_R1.fastq'] }),
			],
			{},
			[{ item: 2 }, { item: 0 }],
		],
	])('%s is one sample', async (_, items, parameters, pairedItem) => {
		const { error, outputs } = await upload(await items(), parameters);
		expect(error).toBeUndefined();
		const pair = outputs()[0].find(({ json }) => json.filename === 's_R1.fastq')!;
		expect(pair).toMatchObject({
			json: {
				filename: 's_R1.fastq',
				paired_end_filename: 's_R2.fastq',
				original_filenames: ['s_R1.fastq', 's_R2.fastq'],
				size: files['s_R1.fastq'].length + files['s_R2.fastq'].length,
			},
			pairedItem,
		});
		const sample = oneCodex.sample(String(pair.json.sample_id));
		expect(filesOf(sample)).toEqual({
			's_R1.fastq': sha256(files['s_R1.fastq']),
			's_R2.fastq': sha256(files['s_R2.fastq']),
		});
		expect(sample.confirmations).toBe(1);
	});

	it('goes R2 first, then R1, with one callback for both', async () => {
		await upload([await itemOf(files)], { binaryPropertyName: '*' });
		const [{ path: second }, { path: first }] = oneCodex.requests.filter(
			({ method }) => method === 'PUT',
		);
		expect(callsOf()).toEqual([
			'api POST init_multipart_upload',
			`storage PUT ${second.split('/').at(-1)}`,
			`storage PUT ${first.split('/').at(-1)}`,
			'api POST import_file_from_s3',
		]);
		const callback = oneCodex.requests.at(-1)!;
		expect(callback.body).toEqual({
			s3_path: expect.stringMatching(new RegExp(`^s3://[^/]+/${first.split('/').at(-1)}$`)),
			filename: 's_R1.fastq',
		});
	});
});

it('interleaved files are samples with their pairs in them', async () => {
	const { error } = await upload([await itemOf({ 's_R1.fastq': fastq() })], {
		reads: 'interleaved',
	});
	expect(error).toBeUndefined();
	expect(oneCodex.samples).toMatchObject([{ interleaved: true, pairedEndFilename: null }]);
});

it('four lanes go as one file of each read, in order', async () => {
	const lanes = ['L001', 'L002', 'L003', 'L004'];
	const bytes = Object.fromEntries(
		['L003', 'L001', 'L004', 'L002'].flatMap((lane) =>
			['R1', 'R2'].map((read) => [`s_S1_${lane}_${read}_001.fastq.gz`, gzipped(2_000)]),
		),
	);
	const items = await Promise.all(
		Object.entries(bytes).map(async ([name, content]) => await itemOf({ [name]: content })),
	);
	const { error, outputs } = await upload(items, { options: { mergeLanes: true } });
	expect(error).toBeUndefined();
	expect(oneCodex.samples).toHaveLength(1);
	const joined = (read: string) =>
		sha256(...lanes.map((lane) => bytes[`s_S1_${lane}_${read}_001.fastq.gz`]));
	expect(filesOf(oneCodex.samples[0])).toEqual({
		's_S1_R1_001.fastq.gz': joined('R1'),
		's_S1_R2_001.fastq.gz': joined('R2'),
	});
	expect(outputs()[0][0].json.original_filenames).toEqual(
		['R1', 'R2'].flatMap((read) => lanes.map((lane) => `s_S1_${lane}_${read}_001.fastq.gz`)),
	);
	expect(outputs()[0][0].pairedItem).toHaveLength(8);
});

it('project, tags and metadata go along', async () => {
	const project = oneCodex.seedProject({ name: 'Ward 7' });
	const { error } = await upload([await itemOf({ 's.fastq': fastq() })], {
		projectId: { __rl: true, mode: 'id', value: project.id },
		tags: 'urgent, ward 7',
		metadata: { name: 'Stool', dateCollected: '2026-01-31T00:00:00Z', custom: '={{ { bed: 3 } }}' },
	});
	expect(error).toBeUndefined();
	const [sample] = oneCodex.samples;
	const names = sample.tagIds.map((id) => oneCodex.tags.find((tag) => tag.id === id)?.name);
	expect(names).toEqual(['urgent', 'ward 7']);
	expect(sample).toMatchObject({
		projectId: project.id,
		metadata: { name: 'Stool', custom: { bed: 3 } },
	});
});

it.each(['separate', 'combined'] as const)(
	'metadata comes out of the name of the file by the expressions of docs/metadata.md, binary mode %s',
	async (binaryMode) => {
		const page = readFileSync('docs/metadata.md', 'utf8');
		const [, name] = /Expression for `(.+?)`/.exec(page)!;
		const expressionOf = (field: string) =>
			`=${new RegExp(`^\\| ${field} +\\| \`(\\{\\{.+?\\}\\})\``, 'm').exec(page)![1]}`;
		const { binary } = await itemOf({ [name]: gzipped() });
		const json = { ward: 'ICU 2', bed: '3' };
		const item =
			binaryMode === 'separate' ? { json, binary } : { json: { ...json, _files: binary } };
		const { error } = await upload(
			[item as INodeExecutionData],
			{
				metadata: {
					externalSampleId: expressionOf('External Sample ID'),
					dateCollected: expressionOf('Date Collected'),
					custom: `=${/`(\{\{ \{ ward.+?\}\})`/.exec(page)![1]}`,
				},
			},
			{ settings: { binaryMode } },
		);
		expect(error).toBeUndefined();
		expect(oneCodex.samples[0].metadata).toMatchObject({
			external_sample_id: 'ward7-stool',
			date_collected: expect.stringContaining('2026-01-31'),
			custom: { ward: 'ICU 2', bed: 3 },
		});
	},
);

it.each([
	['its ID', (id: string) => ({ sampleId: id })],
	['its external ID', () => ({ externalSampleId: 'LIMS-7' })],
])('a sample that was created before its file gets it by %s', async (_, options) => {
	const before = oneCodex.seedSample({
		status: 'awaiting_data',
		metadata: { external_sample_id: 'LIMS-7' },
	});
	const { error, outputs } = await upload([await itemOf({ 's.fastq': fastq() })], {
		options: options(before.id),
	});
	expect(error).toBeUndefined();
	expect(oneCodex.samples).toHaveLength(1);
	expect(outputs()[0][0].json.sample_id).toBe(before.id);
	expect(before.status).toBe('available');
});

it('of two files for one sample that was created before, neither takes the place of the other', async () => {
	const before = oneCodex.seedSample({ status: 'awaiting_data' });
	const items = [await itemOf({ 'a.fastq': fastq() }), await itemOf({ 'b.fastq': fastq() })];
	const parameters = { options: { sampleId: before.id } };
	const stopped = await upload(items, parameters);
	expect(stopped.error?.message).toMatch(/"b.fastq" is for the same sample as "a.fastq"/);
	expect(oneCodex.requests).toEqual([]);
});

it('names that differ by R1 and R2 elsewhere are two samples, and a hint says so', async () => {
	const { error, hints } = await upload([
		await itemOf({ 's_R1_trimmed.fastq': fastq() }),
		await itemOf({ 's_R2_trimmed.fastq': fastq() }),
	]);
	expect(error).toBeUndefined();
	expect(oneCodex.samples).toHaveLength(2);
	expect(hints()).toEqual([expect.stringContaining('were sent as two samples')]);
});

it('an R1 without R2 goes alone, and a hint says so', async () => {
	const { error, hints } = await upload([await itemOf({ 's_R1.fastq': fastq() })]);
	expect(error).toBeUndefined();
	expect(hints()).toEqual([expect.stringContaining('"s_R1.fastq" was sent alone')]);
});

describe('what is refused', () => {
	const good = { 'good.fastq': fastq() };
	const page = Buffer.from('<!DOCTYPE html><title>Log in</title>'.padEnd(200));

	it.each<[string, () => Promise<INodeExecutionData[]>, INodeParameters, RegExp]>([
		[
			'half a pair',
			async () => [await itemOf({ 's_R2.fastq': fastq() })],
			{},
			/"s_R2.fastq" is one half of a pair, and the other is missing \[item 1\]$/,
		],
		[
			'a web page',
			async () => [await itemOf({ 'reads.fastq.gz': page })],
			{},
			/"reads.fastq.gz" has no reads in it, but a web page/,
		],
		[
			'an empty file',
			async () => [await itemOf({ 'reads.fastq': Buffer.alloc(0) })],
			{},
			/The file is empty \[reads.fastq, item 1\]/,
		],
		[
			'another kind of file',
			async () => [await itemOf({ 'report.pdf': Buffer.from('%PDF-1.7 '.padEnd(100)) })],
			{},
			/"report.pdf" is no file of sequencing reads/,
		],
		['no file', async () => [{ json: {} }], {}, /the item has no file in "data"/],
		[
			'a tag that is too long',
			async () => [await itemOf({ 's.fastq': fastq() })],
			{ tags: '={{ $itemIndex === 1 ? "x".repeat(31) : "" }}' },
			/Tags: "x+" has more than 30 characters \[s.fastq, item 1\]/,
		],
		[
			'metadata out of range',
			async () => [await itemOf({ 's.fastq': fastq() })],
			{ metadata: { locationLat: '={{ $itemIndex * 91 }}' } },
			/Metadata: Latitude must be a number from -90 to 90/,
		],
		[
			'both IDs',
			async () => [await itemOf({ 's.fastq': fastq() })],
			{
				options: { sampleId: '={{ $itemIndex ? "5891ee65711c4d5e" : "" }}', externalSampleId: 'x' },
			},
			/Sample ID and External Sample ID exclude each other/,
		],
		[
			'a sample that an expression does not give',
			async () => [await itemOf({ 's.fastq': fastq() })],
			{ options: { sampleId: '={{ $itemIndex ? $json.none : "" }}' } },
			/Sample ID is undefined \[s.fastq, item 1\]/,
		],
		[
			'an external ID that an expression does not give',
			async () => [await itemOf({ 's.fastq': fastq() })],
			{ options: { externalSampleId: '={{ $itemIndex ? null : "" }}' } },
			/External Sample ID is null \[s.fastq, item 1\]/,
		],
		[
			'a project that an expression does not give',
			async () => [await itemOf({ 's.fastq': fastq() })],
			{ projectId: { __rl: true, mode: 'id', value: '={{ $itemIndex ? $json.none : "" }}' } },
			/Project ID is undefined, not an ID \[s.fastq, item 1\]/,
		],
	])(
		'%s, before any request; and costs nobody else anything',
		async (_, items, parameters, message) => {
			const all = [await itemOf(good), ...(await items())];
			const stopped = await upload(all, parameters);
			expect(stopped.error?.message).toMatch(message);
			expect(oneCodex.requests).toEqual([]);

			// A sample that is named by its external ID alone has to be there.
			if (parameters.options) return;
			const continued = await upload(all, parameters, { onError: 'continueRegularOutput' });
			expect(continued.outputs()[0].map(({ json }) => json.error ?? json.filename)).toEqual([
				'good.fastq',
				expect.stringMatching(message),
			]);
			expect(oneCodex.samples.map(({ filename }) => filename)).toEqual(['good.fastq']);
		},
	);

	it('an unknown external ID is told as that', async () => {
		const { error } = await upload([await itemOf(good)], {
			options: { externalSampleId: 'LIMS-0' },
		});
		expect(error?.message).toMatch(/^One Codex did not accept the request: external_sample_id: no/);
		expect(error?.description).toMatch(/External Sample ID.*without a file and has none yet/);
		expect(oneCodex.requests).toHaveLength(1);
		expect(oneCodex.samples).toEqual([]);
	});
});

it('a pair that fails keeps the files of both items', async () => {
	const items = [
		await itemOf({ 's_R1.fastq': fastq() }),
		await itemOf({ 's_R2.fastq': Buffer.from('PK zip'.padEnd(100)) }),
	];
	const { outputs } = await upload(items, {}, { onError: 'continueRegularOutput' });
	expect(outputs()[0]).toMatchObject([
		{
			json: { error: expect.stringContaining('a ZIP archive') },
			pairedItem: { item: 0 },
			binary: items[0].binary,
		},
		{
			json: { error: expect.stringContaining('a ZIP archive') },
			pairedItem: { item: 1 },
			binary: items[1].binary,
		},
	]);
	expect(oneCodex.requests).toEqual([]);
});

it('what is there already is given out with If It Exists at Skip', async () => {
	const bytes = fastq();
	const there = oneCodex.seedSample({ filename: 's.fastq', bytes });
	oneCodex.seedSample({ filename: 'failed.fastq', bytes, status: 'failed_validation' });
	const items = [
		await itemOf({ 's.fastq': bytes }),
		await itemOf({ 'new.fastq': bytes }),
		await itemOf({ 'failed.fastq': bytes }),
	];
	const { error, outputs } = await upload(items, { options: { ifExists: 'skip' } });
	expect(error).toBeUndefined();
	expect(outputs()[0].map(({ json }) => [json.filename, json.skipped ?? false])).toEqual([
		['s.fastq', true],
		['new.fastq', false],
		['failed.fastq', false],
	]);
	expect(outputs()[0][0].json.sample_id).toBe(there.id);
	expect(oneCodex.samples).toHaveLength(4);
});
