import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import recorded from '../../onecodex/recorded/results.json';
import {
	faultsInTurn,
	isAnalysisResults,
	startOneCodex,
	type Fault,
	type OneCodexStandIn,
	type StandInOptions,
} from '../../onecodex';
import { ownTime } from '../../ownTime';
import { closedAfterTest } from '../closing';
import { run, type RunOptions } from '../engine';
import { answer, startFront } from '../front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ requestsPerSecond: 0 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

async function getResults(
	analysisId: string,
	parameters: INodeParameters = {},
	more: Partial<RunOptions> & { items?: INodeExecutionData[] } = {},
) {
	const { apiKey, baseUrl } = oneCodex;
	const step = { resource: 'analysis', operation: 'getResults', analysisId: byId(analysisId) };
	return await run({
		credentials: { apiKey, baseUrl },
		items: [{ json: {} }],
		steps: [{ ...step, ...parameters }],
		...more,
	});
}

const jsonOf = (result: Awaited<ReturnType<typeof run>>) =>
	result.outputs()[0].map(({ json }) => json);

/** The names that are given out with these filters. */
async function names(id: string, filters: INodeParameters): Promise<unknown[]> {
	const result = await getResults(id, { filters });
	expect(result.error).toBeUndefined();
	return jsonOf(result).map(({ name }) => name);
}

/** An item as its row was. */
const columnsOf = (json: IDataObject): IDataObject => {
	const row = { ...json };
	delete row.analysis_id;
	return row;
};

type Results = { host_tax_ids?: string[]; table: IDataObject[] };

/** What was recorded as a whole. */
const unpacked = (name: string) =>
	JSON.parse(
		gunzipSync(
			readFileSync(join(__dirname, '../../onecodex/recorded', `${name}.json.gz`)),
		).toString(),
	) as Results;
const large = unpacked('classification.large');

function seed(type: string, results?: unknown, on: OneCodexStandIn = oneCodex) {
	const { id: sampleId } = on.seedSample({ filename: 's.fastq', classification: 'none' });
	return on.seedAnalysis({ sampleId, type, results });
}

describe('every recorded result comes through', () => {
	it.each<[string, string, unknown, number]>([
		['a classification', 'classification', undefined, recorded.classification.table.length],
		['a large classification', 'classification', large, 1_449],
		['a functional profile', 'functional', undefined, recorded.functional.table.length],
		['a whole functional profile', 'functional', unpacked('functional.whole'), 450],
		['MLST', 'mlst', undefined, 6],
		['a workflow', 'workflow', undefined, 1],
		['a panel', 'panel', undefined, 1],
		['an alignment', 'alignment', undefined, 1],
		['a control', 'control', undefined, 1],
		['a report', 'report', undefined, 1],
		['what nobody knows yet', 'assembly_run', { contigs: 7, list: [1] }, 1],
	])('of %s', async (_, type, results, count) => {
		const { id } = seed(type, results);
		const rows = await getResults(id);
		expect(rows.error).toBeUndefined();
		const items = jsonOf(rows);
		expect(items).toHaveLength(count);
		for (const item of items) {
			expect(Object.keys(item)[0]).toBe('analysis_id');
			expect(item.analysis_id).toBe(id);
		}
		for (const { pairedItem } of rows.outputs()[0]) expect(pairedItem).toEqual({ item: 0 });

		const [json, ...others] = jsonOf(await getResults(id, { output: 'json' }));
		expect(others).toEqual([]);
		expect(Object.keys(json)).toEqual(['analysis_id', 'results']);
		const whole = json.results as IDataObject;
		const stripped = items.map(columnsOf);
		if (Array.isArray(whole.table)) expect(stripped).toEqual(whole.table);
		else if (type !== 'mlst') expect(stripped).toEqual([whole]);
		if (results) expect(whole).toEqual(results);
	});

	it('the alleles of MLST have the sequence type that they are of', async () => {
		const { id } = seed('mlst');
		const [first] = jsonOf(await getResults(id));
		expect(first).toEqual({ analysis_id: id, st: 42, gene: 'arcC', allele: 2 });
	});

	it('columns that are new come along', async () => {
		const table = [{ ...large.table[0], unfiltered_readcount: 7, later_column: { a: [1] } }];
		const { id } = seed('classification', { ...large, table });
		expect(jsonOf(await getResults(id))).toEqual([{ analysis_id: id, ...table[0] }]);
	});

	it.each([
		[
			'without host and read count, as the vendor’s client tests it',
			{ table: large.table.slice(0, 3) },
			3,
		],
		['with a table that has no rows', { table: [] }, 0],
		['with something else in place of rows', { table: [1, 2] }, 1],
		['that are a list', [{ a: 1 }, { a: 2 }], 1],
	])('results %s', async (_, body, count) => {
		const { id } = seed('classification');
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ url }, response) =>
				url!.endsWith('/results') ? answer(response, 200, body) : false,
			),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const result = await getResults(id, { filters: { excludeHost: false } }, { credentials });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toHaveLength(count);
	});
});

describe('a classification is filtered', () => {
	const row = (
		name: string,
		rank: string,
		own: number,
		all: number,
		abundance: number | null,
		more = {},
	) => ({
		...{ name, rank, tax_id: name, parent_tax_id: null },
		...{ readcount: own, readcount_w_children: all },
		...{ abundance, abundance_w_children: abundance, ...more },
	});
	const results = {
		host_tax_ids: ['Homo sapiens'],
		n_reads: 100,
		table: [
			row('root', 'no rank', 1, 100, null, { abundance_w_children: 1 }),
			row('Escherichia', 'genus', 2, 60, null, { abundance_w_children: 0.6 }),
			row('Escherichia coli', 'species', 58, 58, 0.6),
			row('Homo sapiens', 'species', 9, 9, 0.1),
			row('Staphylococcus', 'genus', 1, 30, null, { abundance_w_children: 0.3 }),
			row('Staphylococcus aureus', 'species', 29, 29, 0.3),
			row('Rare', 'species', 3, 3, null),
		],
	};
	const all = results.table.map(({ name }) => name);

	it.each<[INodeParameters, string[]]>([
		[{}, all],
		[{ rank: 'species' }, ['Escherichia coli', 'Homo sapiens', 'Staphylococcus aureus', 'Rare']],
		[{ rank: '={{ "No Rank" }}' }, ['root']],
		[{ rank: '={{ "clade" }}' }, []],
		[{ name: 'STAPHYLO' }, ['Staphylococcus', 'Staphylococcus aureus']],
		[{ minReadCount: 30 }, ['root', 'Escherichia', 'Escherichia coli', 'Staphylococcus']],
		[{ minReadCount: '={{ "60" }}' }, ['root', 'Escherichia']],
		[{ minAbundance: 0.6 }, ['root', 'Escherichia', 'Escherichia coli']],
		[{ minAbundance: '={{ "0.6" }}', rank: 'genus' }, ['Escherichia']],
		[{ excludeHost: true }, all.filter((name) => name !== 'Homo sapiens')],
		[{ excludeHost: false }, all],
		[{ top: 2 }, ['Escherichia coli', 'Staphylococcus aureus']],
		[{ top: 1, rank: 'genus' }, ['Escherichia']],
		[
			{ top: 4, rank: 'species' },
			['Escherichia coli', 'Staphylococcus aureus', 'Homo sapiens', 'Rare'],
		],
		[
			{ top: 3, rank: 'species', excludeHost: true },
			['Escherichia coli', 'Staphylococcus aureus', 'Rare'],
		],
		[{ top: 0, minReadCount: 0, minAbundance: 0, name: '' }, all],
	])('by %j', async (filters, expected) => {
		const { id } = seed('classification', results);
		expect(await names(id, filters)).toEqual(expected);
	});

	it('without abundance, the highest are those with the most reads', async () => {
		const table = results.table.map((each) => ({
			...each,
			abundance: null,
			abundance_w_children: null,
		}));
		const { id } = seed('classification', { ...results, table });
		expect(await names(id, { top: 2 })).toEqual(['Escherichia coli', 'Staphylococcus aureus']);
		expect(await names(id, { top: 1, rank: 'genus' })).toEqual(['Escherichia']);
		expect(await names(id, { minAbundance: 0.1 })).toEqual([]);
	});

	it('without columns for what is below, an organism counts alone', async () => {
		const { id } = seed('classification');
		const table = results.table.map((each) => ({
			...each,
			readcount_w_children: undefined,
			abundance_w_children: undefined,
		}));
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ url }, response) =>
				url!.endsWith('/results') ? answer(response, 200, { ...results, table }) : false,
			),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const filters = { minReadCount: 29, minAbundance: 0.1 };
		const result = await getResults(id, { filters }, { credentials });
		expect(jsonOf(result).map(({ name }) => name)).toEqual([
			'Escherichia coli',
			'Staphylococcus aureus',
		]);
	});

	it('the ten highest species of a recorded one are in their order', async () => {
		const { id } = seed('classification', large);
		const found = jsonOf(
			await getResults(id, { filters: { rank: 'species', top: 10, excludeHost: true } }),
		);
		const shares = found.map(({ abundance }) => Number(abundance));
		expect(shares).toHaveLength(10);
		expect(shares).toEqual([...shares].sort((left, right) => right - left));
		expect(shares[0]).toBe(Math.max(...large.table.map(({ abundance }) => Number(abundance))));
	});

	it.each<[INodeParameters, string]>([
		[{ top: -1 }, 'Top must be a whole number, not the number -1'],
		[{ minReadCount: '={{ "many" }}' }, 'Min Read Count must be a whole number, not "many"'],
		[{ minAbundance: 5 }, 'Min Abundance must be a number from 0 to 1, not the number 5'],
		[
			{ minAbundance: '={{ [0.1] }}' },
			'Min Abundance must be a number from 0 to 1, not a list of 1',
		],
		[{ excludeHost: '={{ "yes" }}' }, 'Exclude Host must be true or false'],
		[{ rank: '={{ $json.missing }}' }, 'Rank is undefined'],
		[{ name: '={{ [1] }}' }, 'Name Contains is a list of 1, not text'],
	])('%j is refused before any request', async (filters, message) => {
		const { error } = await getResults('0123456789abcdef', { filters });
		expect(error?.message.startsWith(message)).toBe(true);
		expect(oneCodex.requests).toEqual([]);
	});

	it('other types have no such filters, but for their number of rows', async () => {
		const { id } = seed('functional');
		const { error } = await getResults(id, { filters: { rank: 'genus', excludeHost: true } });
		expect(error?.message).toMatch(
			/^Filters: Exclude Host, Rank: not for an analysis of the type "functional" \[analysis/,
		);
		const top = jsonOf(await getResults(id, { filters: { top: 3, excludeHost: false } }));
		expect(top.map(columnsOf)).toEqual(recorded.functional.table.slice(0, 3));
	});
});

describe('where there are none, the error says why', () => {
	it('one that runs, and how to wait', async () => {
		const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
		const { id } = oneCodex.seedAnalysis({ sampleId, state: 'running' });
		const { error } = await getResults(id);
		expect(error?.message).toBe(`The analysis still runs [analysis ${id}, item 0]`);
		expect(error?.description).toMatch(/Analysis: Wait.*Sample: Wait/);
		expect(oneCodex.requests).toHaveLength(1);
	});

	it('one that failed, in the words of One Codex', async () => {
		const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
		const { id } = oneCodex.seedAnalysis({ sampleId, state: 'failed', errorMsg: 'No reads.' });
		const { error } = await getResults(id);
		expect(error?.message).toBe(`The analysis failed: No reads. [analysis ${id}, item 0]`);
	});

	it('a 404 of the results alone: the state decides once more', async () => {
		const gone: Fault = { kind: 'status', status: 404 };
		const faulty = closedAfterTest(
			await startOneCodex({
				requestsPerSecond: 0,
				faults: faultsInTurn(isAnalysisResults, gone),
			}),
		);
		const seeded = seed('workflow', undefined, faulty);
		const credentials = { apiKey: faulty.apiKey, baseUrl: faulty.baseUrl };
		const none = await getResults(seeded.id, {}, { credentials });
		expect(none.error?.message).toBe(`The analysis has no results [analysis ${seeded.id}, item 0]`);
		expect(none.error?.description).toMatch(/results\.json/);
	});

	it('one that was begun anew in between', async () => {
		const { id } = seed('workflow');
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ url }, response) => {
				if (!url!.endsWith('/results')) return false;
				Object.assign(oneCodex.analysis(id), { complete: false, success: false });
				return answer(response, 404, { message: 'Not found', status: 404 });
			}),
		);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const { error } = await getResults(id, {}, { credentials });
		expect(error?.message).toMatch(/^The analysis still runs/);
	});
});

it('of a sample, the results of its primary classification are given out', async () => {
	const sample = oneCodex.seedSample({ filename: 's.fastq' });
	const result = await getResults(
		'={{ $json.sample_id }}',
		{},
		{ items: [{ json: { sample_id: sample.id } }] },
	);
	expect(result.error).toBeUndefined();
	expect(jsonOf(result)[0].analysis_id).toBe(sample.classificationId);
});

it('several items give their rows in order, and one that fails costs the others nothing', async () => {
	const first = seed('mlst');
	const { id: sampleId } = oneCodex.seedSample({ filename: 's.fastq' });
	const failed = oneCodex.seedAnalysis({ sampleId, state: 'failed' });
	const last = seed('workflow');
	const items = [first, failed, last].map(({ id }) => ({ json: { analysis_id: id } }));
	const step = { resource: 'analysis', operation: 'getResults' };
	const credentials = { apiKey: oneCodex.apiKey, baseUrl: oneCodex.baseUrl };
	const result = await run({ credentials, items, steps: [step], onError: 'continueRegularOutput' });
	expect(
		result.outputs()[0].map(({ json, pairedItem }) => [json.analysis_id ?? json.error, pairedItem]),
	).toEqual([
		...Array(6).fill([first.id, { item: 0 }]),
		[expect.stringMatching(/^The analysis failed/), { item: 1 }],
		[last.id, { item: 2 }],
	]);
});

const quiet: StandInOptions = { requestsPerSecond: 0 };

it.each<Fault>([
	{ kind: 'status', status: 503, retryAfter: '0' },
	{ kind: 'reset', when: 'after' },
	{ kind: 'truncated' },
	{ kind: 'malformed' },
])('results come through %j', async (fault) => {
	const faults = faultsInTurn(isAnalysisResults, fault);
	const faulty = closedAfterTest(await startOneCodex({ ...quiet, faults }));
	const { id } = seed('classification', large, faulty);
	const credentials = { apiKey: faulty.apiKey, baseUrl: faulty.baseUrl };
	const result = await getResults(id, {}, { credentials });
	expect(result.error).toBeUndefined();
	expect(jsonOf(result)).toHaveLength(1_449);
});

/** A table of so many rows, as a service gives it that answers at once. */
async function ofRows(count: number) {
	const { id } = seed('classification');
	const table = Array.from({ length: count }, (_, index) => ({
		...large.table[index % large.table.length],
		tax_id: String(index),
	}));
	const body = JSON.stringify({ ...large, table });
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, ({ url }, response) => {
			if (!url!.endsWith('/results')) return false;
			response.writeHead(200, { 'Content-Type': 'application/json' });
			response.end(body);
			return true;
		}),
	);
	return {
		id,
		bytes: body.length,
		credentials: { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl },
	};
}

it('3,000 rows come in well under a second', async () => {
	const { id, credentials } = await ofRows(3_000);
	await getResults(id, {}, { credentials });
	const begun = ownTime();
	const result = await getResults(id, {}, { credentials });
	const took = ownTime() - begun;
	expect(jsonOf(result)).toHaveLength(3_000);
	expect(took).toBeLessThan(1_000);
});

it('results that are larger than any other answer come through', async () => {
	const { id, bytes, credentials } = await ofRows(60_000);
	expect(bytes).toBeGreaterThan(12e6);
	const result = await getResults(id, { filters: { top: 5 } }, { credentials });
	expect(result.error).toBeUndefined();
	expect(jsonOf(result)).toHaveLength(5);
});
