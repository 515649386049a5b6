import { readFile } from 'node:fs/promises';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import recorded from '../../onecodex/recorded/results.json';
import { exampleWorkflow, filledIn } from '../examples';
import { assertSucceeded, outputOf } from '../run';
import { SharedHost } from '../shared/host';
import { rowsOf } from './received';

jest.setTimeout(600_000);

const example = exampleWorkflow('weekly-report');
const day = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString();

let service: OneCodexStandIn;
let host: SharedHost;
let projectId: string;

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	projectId = service.seedProject({ name: 'Gut' }).id;
	host.importWorkflows(
		filledIn(example, {
			'Get samples': {
				filters: {
					createdAfter: '={{ $now.minus({ days: 7 }).toISO() }}',
					projectId: { __rl: true, mode: 'list', value: projectId, cachedResultName: 'Gut' },
				},
			},
			'Share it': { userId: { __rl: true, mode: 'id', value: service.users[1].id } },
		}),
	);
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

it('makes no report of a week without samples', async () => {
	const { data } = await host.execute(example.id);
	assertSucceeded(data);
	expect(service.documents).toEqual([]);
});

it("puts the week's samples into a spreadsheet, which a colleague gets", async () => {
	const metadata = { name: 'Patient 7', external_sample_id: 'LIMS-7', sample_type: 'Metagenomic' };
	service.seedSample({ filename: 'old.fastq', projectId, createdAt: daysAgo(8) });
	service.seedSample({ filename: 'elsewhere.fastq', createdAt: daysAgo(1) });
	const first = { filename: 'stool_7.fastq', projectId, createdAt: daysAgo(3), metadata };
	const samples = [
		service.seedSample(first),
		service.seedSample({
			filename: 'running.fastq',
			projectId,
			createdAt: daysAgo(1),
			classification: 'running',
		}),
	];

	const { data } = await host.execute(example.id);

	assertSucceeded(data);
	const [document, ...others] = service.documents;
	expect(others).toEqual([]);
	expect(document.filename).toMatch(/^samples_\d{4}-\d\d-\d\d_to_\d{4}-\d\d-\d\d\.xlsx$/);
	expect(document).toMatchObject({ state: 'confirmed', downloaders: [service.users[1].id] });
	expect(outputOf(data, 'Share it')).toHaveLength(1);
	const rows = rowsOf(await readFile(document.object!.path));
	const { n_reads, table } = recorded.classification;
	const [{ readcount_w_children: classified }] = table;
	expect(rows).toMatchObject([
		{
			Sample: 'Patient 7',
			File: 'stool_7.fastq',
			'External ID': 'LIMS-7',
			Type: 'Metagenomic',
			Status: 'available',
			Reads: n_reads,
			'Classified reads': classified,
			'Sample ID': samples[0].id,
		},
		{ Sample: 'running.fastq', Status: 'available', 'Sample ID': samples[1].id },
	]);
	expect(rows[1]).not.toMatchObject({ Reads: expect.any(Number) });
});
