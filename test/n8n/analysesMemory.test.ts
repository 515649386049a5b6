import { startOneCodex, type OneCodexStandIn, type StandInAnalysis } from '../onecodex';
import { Host } from './host';
import { expectFlat, gib, inStore, makeLarge, mib, streamedSha256 } from './largeFiles';
import { assertSucceeded, outputOf } from './run';
import { chain, manualTrigger, oneCodex, workflow } from './workflow';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let host: Host;

/** An analysis that wrote one file of so many MiB. */
async function seedLarge(mebibytes: number): Promise<StandInAnalysis> {
	const { id: sampleId } = service.seedSample({ filename: 's.fastq' });
	const files = { 'out/reads.bam': Buffer.alloc(1) };
	const analysis = service.seedAnalysis({ sampleId, type: 'workflow', files });
	await makeLarge(analysis.files[0].object, mebibytes);
	return analysis;
}

const download = ({ id }: StandInAnalysis) =>
	workflow(
		id,
		chain(
			manualTrigger(),
			oneCodex('Download', 'downloadFiles', {
				resource: 'analysis',
				analysisId: { __rl: true, mode: 'id', value: id },
			}),
		),
	);

/** Downloads, and gives n8n's peak of memory. */
async function peakOf({ id, files }: StandInAnalysis): Promise<number | undefined> {
	const { run, peakMemory } = await host.executeMeasured(id);
	assertSucceeded(run.data);
	const [{ json, binary }] = outputOf(run.data, 'Download');
	expect(json).toMatchObject({ filepath: 'out/reads.bam', size: files[0].object.size });
	const path = await inStore(host.userFolder, binary?.data.id);
	expect(await streamedSha256(path)).toBe(files[0].object.sha256);
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

it('an output file of 1 GiB needs hardly more memory than one of 1 MiB', async () => {
	const analyses = [await seedLarge(1), await seedLarge(gib / mib)];
	await host.importWorkflows(...analyses.map(download));

	const [small, large] = [await peakOf(analyses[0]), await peakOf(analyses[1])];
	expectFlat(small, large);
});
