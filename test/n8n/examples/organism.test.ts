import { isAnalysisResults, isTagCreate } from '../../onecodex';
import { exampleWorkflow, filledIn, withSettings } from '../examples';
import { begins } from '../trigger/watched';
import { until } from '../until';
import { often } from '../workflow';
import { startReceiver, type Receiver } from './receiver';
import { startExample, type RunningExample } from './running';

jest.setTimeout(600_000);

const polled = { pollTimes: often(3) };
const EVENTS = ['analysisSucceeded', 'sampleFailed', 'analysisFailed'];

let receiver: Receiver;
let running: RunningExample;
let example = exampleWorkflow('alert-on-organism');
let isRefused: typeof isTagCreate | undefined;

/** As a person fills it in, but for how often it looks. */
function filled(url: string) {
	const parameters = (name: string) => example.nodes.find((node) => node.name === name)!.parameters;
	const fields = ['Analysis Succeeded', 'Sample Failed', 'Analysis Failed'].map(
		(name) => [name, { ...parameters(name), ...polled }] as const,
	);
	return filledIn(
		withSettings(example, example.id, {
			organism: 'bacteroides fragilis',
			min_reads: 150,
			tag: 'watched',
		}),
		{ ...Object.fromEntries(fields), Alert: { ...parameters('Alert'), url } },
	);
}

beforeAll(async () => {
	receiver = await startReceiver();
	example = filled(receiver.url);
	running = await startExample(
		example,
		{},
		{
			faults: (request) => (isRefused?.(request) ? { kind: 'status', status: 403 } : undefined),
		},
	);
	const before = running.service.requests.length;
	await running.client.activate(example.id);
	for (const event of EVENTS) await begins(running.service, event, { before });
});

beforeEach(() => {
	isRefused = undefined;
});

afterAll(async () => {
	await running?.close();
	await receiver?.close();
});

/** A classification that found so many reads of a species, most of them of a strain of it. */
function classified(filename: string, name: string, reads: number) {
	const sample = running.service.seedSample({ filename, classification: 'none' });
	const row = (taxId: number, what: string, rank: string, own: number, below = 0) => ({
		...{ tax_id: String(taxId), name: what, rank, parent_tax_id: String(taxId - 1) },
		...{ readcount: own, readcount_w_children: own + below },
		...{ abundance: null, abundance_w_children: null },
	});
	running.service.seedAnalysis({
		sampleId: sample.id,
		results: {
			table: [
				row(10, name.split(' ')[0], 'genus', 500, reads),
				row(11, name, 'species', 40, reads - 40),
				row(12, `${name} 3_1_12`, 'strain', reads - 40),
			],
			n_reads: 1_000,
			n_mapped_reads: 500 + reads,
			host_tax_ids: [],
		},
	});
	return sample;
}

const tagsOf = ({ tagIds }: { tagIds: string[] }) =>
	running.service.tags.filter(({ id }) => tagIds.includes(id)).map(({ name }) => name);

/** What came, once there are so many, in the order of the alphabet. */
async function alerts(count: number): Promise<unknown[]> {
	await until(`${count} alerts`, () => receiver.received.length >= count);
	return receiver
		.take()
		.map((body) => (body as { text: string }).text)
		.sort();
}

it('a watched organism with reads enough tags its sample and raises one alert', async () => {
	const many = classified('many.fastq', 'Bacteroides fragilis', 200);
	const few = classified('few.fastq', 'Bacteroides fragilis', 149);
	const other = classified('other.fastq', 'Escherichia coli', 900);
	const most = classified('most.fastq', 'Bacteroides fragilis', 150);

	expect(await alerts(2)).toEqual([
		`Bacteroides fragilis in many.fastq: 200 reads (sample ${many.id})`,
		`Bacteroides fragilis in most.fastq: 150 reads (sample ${most.id})`,
	]);
	expect([many, most, few, other].map(tagsOf)).toEqual([['watched'], ['watched'], [], []]);
});

it('what failed raises an alert that says why', async () => {
	const { service } = running;
	const bad = service.seedSample({
		filename: 'bad.fastq',
		status: 'failed_validation',
		errorMsg: 'The file is empty.',
	});
	const good = service.seedSample({ filename: 'good.fastq', classification: 'none' });
	const failed = { sampleId: good.id, state: 'failed', errorMsg: 'It ran out of time.' } as const;
	const { id, type } = service.seedAnalysis(failed);

	expect(await alerts(2)).toEqual([
		`One Codex could not use bad.fastq (sample ${bad.id}): The file is empty.`,
		`The ${type} of good.fastq failed (analysis ${id}): It ran out of time.`,
	]);
});

it('an alert comes also where the results cannot be read, or the sample not be tagged', async () => {
	isRefused = isAnalysisResults;
	const unread = classified('unread.fastq', 'Bacteroides fragilis', 200);
	expect(await alerts(1)).toEqual([
		expect.stringContaining(`Could not look for bacteroides fragilis in sample ${unread.id}: `),
	]);

	isRefused = isTagCreate;
	const untagged = classified('untagged.fastq', 'Bacteroides fragilis', 200);
	expect(await alerts(1)).toEqual([
		expect.stringContaining(
			`Bacteroides fragilis in sample ${untagged.id}: 200 reads. The sample could not be tagged: `,
		),
	]);
	expect(tagsOf(untagged)).toEqual([]);
});

it('an alert that the webhook refuses is sent again', async () => {
	receiver.refuse(1);
	const sample = classified('again.fastq', 'Bacteroides fragilis', 300);
	expect(await alerts(1)).toEqual([
		`Bacteroides fragilis in again.fastq: 300 reads (sample ${sample.id})`,
	]);
});

it('watches a tax ID, too, of whatever rank', async () => {
	const { client } = running;
	await client.changeWorkflow(
		withSettings(example, example.id, { organism: '10', min_reads: 650 }),
	);
	await client.activate(example.id);
	classified('few.fastq', 'Escherichia coli', 149);
	const genus = classified('genus.fastq', 'Escherichia coli', 150);

	expect(await alerts(1)).toEqual([`Escherichia in genus.fastq: 650 reads (sample ${genus.id})`]);
	expect(tagsOf(genus)).toEqual(['watched']);
});

it('every run of all this succeeded', async () => {
	const runs = await running.client.ended(example.id);
	expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'success'));
});
