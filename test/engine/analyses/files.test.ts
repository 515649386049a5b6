import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	faultsInTurn,
	isDownload,
	type Fault,
	type OneCodexStandIn,
	type StandInAnalysis,
	type StandInOptions,
} from '../../onecodex';
import { closedAfterTest } from '../closing';
import { digestOf, links, sha256, standIn } from '../downloads';
import { run, type RunOptions } from '../engine';
import { answer, startFront } from '../front';
import { sideBySide } from '../sideBySide';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const FILES = {
	'report.pdf': randomBytes(3_000),
	'results.json': Buffer.from('{"a": 1}'),
	'tables/genes.tsv': randomBytes(200_000),
	'tables/empty.tsv': Buffer.alloc(0),
};

async function withFiles(files: Record<string, Buffer> = FILES, options: StandInOptions = {}) {
	const oneCodex = await standIn(options);
	const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
	return { oneCodex, seeded: oneCodex.seedAnalysis({ sampleId, type: 'workflow', files }) };
}

async function download(
	{ apiKey, baseUrl }: Pick<OneCodexStandIn, 'apiKey' | 'baseUrl'>,
	{ id }: Pick<StandInAnalysis, 'id'>,
	parameters: INodeParameters = {},
	options: Partial<RunOptions> = {},
) {
	const step = { resource: 'analysis', operation: 'downloadFiles', analysisId: byId(id) };
	return await run({
		credentials: { apiKey, baseUrl },
		items: [{ json: {} }],
		steps: [{ ...step, ...parameters }],
		...options,
	});
}

/** The digests of what was downloaded, by path. */
async function digests(items: INodeExecutionData[], field = 'data') {
	const all = items.map(async ({ json, binary }) => [
		json.filepath,
		await digestOf(binary![field]),
	]);
	return Object.fromEntries(await Promise.all(all)) as Record<string, string>;
}

const expected = (files: Record<string, Buffer>) =>
	Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, sha256(bytes)]));

it('every file comes as an item, with its name and its bytes, and no link', async () => {
	const { oneCodex, seeded } = await withFiles();
	const result = await download(oneCodex, seeded, { binaryPropertyName: 'file' });
	expect(result.error).toBeUndefined();
	const [items] = result.outputs();
	expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual(
		Object.entries(FILES).map(([filepath, { length: size }]) => [
			{ analysis_id: seeded.id, filename: filepath.split('/').at(-1), filepath, size },
			{ item: 0 },
		]),
	);
	expect(items.map(({ binary }) => [binary?.file.fileName, binary?.file.mimeType])).toEqual([
		['report.pdf', 'application/pdf'],
		['results.json', 'application/json'],
		['genes.tsv', 'text/tab-separated-values'],
		['empty.tsv', 'text/tab-separated-values'],
	]);
	expect(await digests(items, 'file')).toEqual(expected(FILES));
	for (const { headers } of links(oneCodex)) {
		expect([headers.authorization, headers['x-api-key']]).toEqual([undefined, undefined]);
	}
	expect(JSON.stringify(result.outputs())).not.toMatch(/Signature|AWSAccessKeyId/);
});

it.each<[unknown, string[]]>([
	['*', Object.keys(FILES)],
	['report.pdf', ['report.pdf']],
	['*.pdf , *.json', ['report.pdf', 'results.json']],
	['*.tsv', ['tables/genes.tsv', 'tables/empty.tsv']],
	['tables/*', ['tables/genes.tsv', 'tables/empty.tsv']],
	['/tables/g?nes.tsv', ['tables/genes.tsv']],
	['re*, *, results.json', Object.keys(FILES)],
	['={{ ["report.pdf", "genes.tsv"] }}', ['report.pdf', 'tables/genes.tsv']],
])('File Names %j takes these alone', async (fileNames, paths) => {
	const { oneCodex, seeded } = await withFiles();
	const result = await download(oneCodex, seeded, { fileNames: fileNames as string });
	expect(result.error).toBeUndefined();
	expect(result.outputs()[0].map(({ json }) => json.filepath)).toEqual(paths);
	expect(links(oneCodex)).toHaveLength(paths.length);
});

it('signs of a pattern other than * and ? are signs of the name', async () => {
	const { oneCodex, seeded } = await withFiles({ 'a+(1)[x].txt': Buffer.from('1') });
	const result = await download(oneCodex, seeded, { fileNames: 'a+(1)[x].*' });
	expect(result.error).toBeUndefined();
	const { error } = await download(oneCodex, seeded, { fileNames: 'aa(1)[x].txt' });
	expect(error?.message).toMatch(/^The analysis has no file called "aa\(1\)\[x\]\.txt"/);
});

it('files of the same name keep their paths, which lead nowhere else', async () => {
	const files = {
		'a/report.txt': Buffer.from('first'),
		'../../b/report.txt': Buffer.from('second'),
		'other.txt': Buffer.from('third'),
	};
	const { oneCodex, seeded } = await withFiles(files);
	const result = await download(oneCodex, seeded);
	expect(result.error).toBeUndefined();
	const [items] = result.outputs();
	expect(items.map(({ binary }) => [binary?.data.fileName, binary?.data.directory])).toEqual([
		['a/report.txt', undefined],
		['b/report.txt', undefined],
		['other.txt', undefined],
	]);
	expect(await digests(items)).toEqual(expected(files));
	const [alone] = (await download(oneCodex, seeded, { fileNames: 'a/report.txt' })).outputs();
	expect(alone[0].binary?.data.fileName).toBe('report.txt');
});

it('a name that no file has is an error that lists those there are', async () => {
	const { oneCodex, seeded } = await withFiles();
	const { error } = await download(oneCodex, seeded, { fileNames: 'report.pdf, genes.csv' });
	expect(error?.message).toBe(
		`The analysis has no file called "genes.csv" [analysis ${seeded.id}, item 0]`,
	);
	expect(error?.description).toMatch(/It has: report\.pdf, results\.json, tables\/genes\.tsv/);
	expect(links(oneCodex)).toEqual([]);
});

it.each<[unknown, string]>([
	['={{ "" }}', 'File Names is empty'],
	[' , ', 'File Names is empty'],
	['={{ { a: 1 } }}', 'File Names must be text with commas between, or a list of texts'],
])('File Names %j is refused before any request', async (fileNames, message) => {
	const { oneCodex, seeded } = await withFiles();
	const { error } = await download(oneCodex, seeded, { fileNames: fileNames as string });
	expect(error?.message.startsWith(message)).toBe(true);
	expect(oneCodex.requests).toEqual([]);
});

describe('an analysis without files', () => {
	it.each<[Partial<Parameters<OneCodexStandIn['seedAnalysis']>[0]>, RegExp | undefined]>([
		[{}, undefined],
		[{ state: 'running', files: FILES }, /^The analysis still runs/],
		[{ state: 'failed', errorMsg: 'No reads.' }, /^The analysis failed: No reads\./],
	])('%j', async (seed, message) => {
		const oneCodex = await standIn();
		const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
		const seeded = oneCodex.seedAnalysis({ sampleId, ...seed });
		const result = await download(oneCodex, seeded);
		if (message) expect(result.error?.message).toMatch(message);
		else expect([result.error, result.outputs()[0]]).toEqual([undefined, []]);
	});

	it('that failed gives out what it wrote all the same', async () => {
		const oneCodex = await standIn();
		const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
		const files = { 'log.txt': Buffer.from('why') };
		const seeded = oneCodex.seedAnalysis({ sampleId, state: 'failed', files });
		const result = await download(oneCodex, seeded);
		expect(await digests(result.outputs()[0])).toEqual(expected(files));
	});
});

describe('a file comes through', () => {
	sideBySide<[Fault]>([
		[{ kind: 'reset', when: 'before' }],
		[{ kind: 'reset', when: 'during' }],
		[{ kind: 'truncated' }],
		[{ kind: 's3', code: 'SlowDown' }],
		[{ kind: 'redirect' }],
	])('%j', async (fault) => {
		const faults = faultsInTurn(isDownload, fault, fault);
		const { oneCodex, seeded } = await withFiles(FILES, { faults });
		const result = await download(oneCodex, seeded);
		expect(result.error).toBeUndefined();
		expect(await digests(result.outputs()[0])).toEqual(expected(FILES));
	});

	it('links that expired in between, which are fetched anew once for all', async () => {
		const { oneCodex, seeded } = await withFiles(FILES, { downloadLifetime: 5 });
		let lists = 0;
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, async ({ url }, response) => {
				if (!url!.endsWith('/file_details') || lists++ > 0) return false;
				const list = await fetch(oneCodex.baseUrl + url, {
					headers: { 'X-API-Key': oneCodex.apiKey },
				});
				const body = await list.json();
				await delay(6_100);
				return answer(response, 200, body);
			}),
		);
		const result = await download({ ...oneCodex, baseUrl: front.baseUrl }, seeded);
		expect(result.error).toBeUndefined();
		expect(await digests(result.outputs()[0])).toEqual(expected(FILES));
		expect(links(oneCodex).map(({ status }) => status)).toContain(403);
		expect(lists).toBe(2);
	});
});

it('a file that cannot be had fails for itself, and its item says which it is', async () => {
	const { oneCodex, seeded } = await withFiles();
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, async ({ url }, response) => {
			if (!url!.endsWith('/file_details')) return false;
			const list = await fetch(oneCodex.baseUrl + url, {
				headers: { 'X-API-Key': oneCodex.apiKey },
			});
			const { files } = (await list.json()) as { files: Array<{ filename: string; url: string }> };
			const spoilt = files.map((file) =>
				file.filename === 'report.pdf' ? { ...file, url: `${file.url}x` } : file,
			);
			return answer(response, 200, { files: spoilt });
		}),
	);
	const result = await download(
		{ ...oneCodex, baseUrl: front.baseUrl },
		seeded,
		{},
		{
			onError: 'continueRegularOutput',
		},
	);
	const [items] = result.outputs();
	expect(items.map(({ json }) => json.filepath ?? json.details)).toEqual([
		{ analysis_id: seeded.id, filename: 'report.pdf', httpCode: 403 },
		'results.json',
		'tables/genes.tsv',
		'tables/empty.tsv',
	]);
	expect(items[0].json.error).toMatch(
		/^The storage refused the download.* \[report\.pdf, analysis [0-9a-f]{16}, item 0\]$/,
	);
	expect(JSON.stringify(items)).not.toMatch(/Signature=|Expires=/);
});

it.each<[string, unknown]>([
	['no files', {}],
	['files without links', { files: [{ filename: 'a', filepath: 'a', size: 1 }] }],
	[
		'sizes that are none',
		{ files: [{ filename: 'a', filepath: 'a', size: -1, url: 'https://x' }] },
	],
])('an answer with %s is refused', async (_, body) => {
	const { oneCodex, seeded } = await withFiles();
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, ({ url }, response) =>
			url!.endsWith('/file_details') ? answer(response, 200, body) : false,
		),
	);
	const { error } = await download({ ...oneCodex, baseUrl: front.baseUrl }, seeded);
	expect(error?.message).toMatch(/^One Codex answered file_details without f/);
});

it.each(['http://s3.example/a', 'file:///etc/passwd', 'not a link'])(
	'a link to %j is not followed',
	async (url) => {
		const { oneCodex, seeded } = await withFiles();
		const files = [{ filename: 'a', filepath: 'a', size: 1, url }];
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ url: asked }, response) =>
				asked!.endsWith('/file_details') ? answer(response, 200, { files }) : false,
			),
		);
		const { error } = await download({ ...oneCodex, baseUrl: front.baseUrl }, seeded);
		expect(error?.message).toMatch(/^The download link (must start with https|is not a URL)/);
	},
);
