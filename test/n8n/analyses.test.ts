import { mkdir, writeFile as write } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import {
	isAnalysisGet,
	isAnalysisResults,
	isDownload,
	isJobRun,
	isSampleCallback,
	faultsInTurn,
	startOneCodex,
	type Fault,
	type FaultSchedule,
	type OneCodexStandIn,
} from '../onecodex';
import { binaryDataModes } from './differences';
import { sha256, sha256Of } from './files';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import {
	chain,
	manualTrigger,
	oneCodex,
	readFiles,
	workflow,
	writeFile,
	type Link,
} from './workflow';

jest.setTimeout(600_000);

const PAIR = ['stool_R1.fastq', 'stool_R2.fastq'];

/** What the job writes. */
const OUTPUT = {
	'report.html': Buffer.from('<html></html>'),
	'tables/genes.tsv': Buffer.from('gene\treads\n'.repeat(20_000)),
	'tables/empty.tsv': Buffer.alloc(0),
};

let service: OneCodexStandIn;
let host: SharedHost;
let faults: FaultSchedule | undefined;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const fastq = (read: string) => `@${read}\nACGTACGT\n+\nIIIIIIII\n`;

/** From two files to what a job makes of them; but for the job, no field names what it is about. */
function wholeWay(): Link[] {
	const wait = oneCodex('Wait', 'wait', { resource: 'sample' });
	const arguments_ = { arguments: '{"depth": 5}' };
	const run = oneCodex('Run', 'run', { resource: 'analysis', jobId: byId(job()), ...arguments_ });
	return [
		...chain(
			manualTrigger(),
			readFiles('Read', `${host.filesFolder}/reads/*`),
			oneCodex('Upload', 'upload', { resource: 'sample' }),
			wait,
			oneCodex('Results', 'getResults', {
				resource: 'analysis',
				filters: { rank: 'species', top: 2 },
			}),
		),
		...chain(
			wait,
			run,
			oneCodex('Wait for the job', 'wait', { resource: 'analysis' }),
			oneCodex('Download', 'downloadFiles', { resource: 'analysis' }),
			writeFile('Write', `=${host.filesFolder}/out/{{ $json.filename }}`),
		),
	];
}

const job = () => service.jobs.find(({ name }) => name === 'AMR')!.id;

beforeAll(async () => {
	service = await startOneCodex({
		faults: (request) => faults?.(request),
		sampleSteps: { importing: 200, validating: 200, queued: 200, classifying: 200 },
		runSteps: { running: 1_000, files: OUTPUT },
	});
	service.seedJob({
		name: 'AMR',
		type: 'workflow',
		argumentsSchema: { required: ['depth'], properties: { depth: { type: 'integer' } } },
	});
	host = await SharedHost.create();
	for (const folder of ['reads', 'out']) await mkdir(join(host.filesFolder, folder));
	for (const name of PAIR) await write(join(host.filesFolder, 'reads', name), fastq(name));
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	host.importWorkflows(workflow('whole-way', wholeWay()));
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);

/** A fault for each kind of request that an analysis needs. */
function everything(): FaultSchedule {
	const lost: Fault = { kind: 'reset', when: 'after' };
	const schedules = [
		faultsInTurn(isSampleCallback, lost),
		faultsInTurn(isAnalysisGet, { kind: 'status', status: 503, retryAfter: '0' }, lost),
		faultsInTurn(isAnalysisResults, { kind: 'truncated' }),
		faultsInTurn(isJobRun, lost),
		faultsInTurn(isDownload, { kind: 'truncated' }, { kind: 's3', code: 'SlowDown' }),
	];
	return (request) => {
		for (const schedule of schedules) {
			const fault = schedule(request);
			if (fault) return fault;
		}
		return undefined;
	};
}

describe.each([
	['without faults', () => undefined],
	['with a fault for each kind of request', everything],
])('%s', (_, schedule) => {
	it.each(binaryDataModes)(
		'a pair is uploaded, classified, given to a job, and its files downloaded, mode %s',
		async (mode) => {
			const before = { samples: service.samples.length, analyses: service.analyses.length };
			faults = schedule();
			const { data } = await host.execute('whole-way', mode);

			assertSucceeded(data);
			const output = (node: string) => outputOf(data, node);
			expect(service.samples).toHaveLength(before.samples + 1);
			// Its classification, and the job: once.
			expect(service.analyses).toHaveLength(before.analyses + 2);
			const sample = service.samples.at(-1)!;
			const results = jsonOf(output('Results'));
			expect(results).toHaveLength(2);
			for (const row of results) {
				expect(row).toMatchObject({ analysis_id: sample.classificationId, rank: 'species' });
			}
			const [{ analysis_id }] = jsonOf(output('Run'));
			expect(service.analysis(String(analysis_id))).toMatchObject({
				sampleId: sample.id,
				jobId: job(),
				jobArgs: { depth: 5 },
			});
			expect(jsonOf(output('Wait for the job'))).toMatchObject([
				{ analysis_id, state: 'succeeded' },
			]);
			expect(jsonOf(output('Download'))).toEqual(
				Object.entries(OUTPUT).map(([filepath, { length: size }]) => ({
					analysis_id,
					filename: filepath.split('/').at(-1),
					filepath,
					size,
				})),
			);
			for (const [path, bytes] of Object.entries(OUTPUT)) {
				const written = join(host.filesFolder, 'out', path.split('/').at(-1)!);
				expect(await sha256(written)).toBe(sha256Of(bytes));
			}
		},
	);
});
