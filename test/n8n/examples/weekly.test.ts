import { DateTime } from 'luxon';

import recorded from '../../onecodex/recorded/results.json';
import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { exampleWorkflow, filledIn, withSettings } from '../examples';
import { assertSucceeded, outputOf } from '../run';
import { SharedHost } from '../shared/host';
import { chain, manualTrigger, node, oneCodex, workflow } from '../workflow';

jest.setTimeout(600_000);

const lastMonday = DateTime.utc().startOf('week').minus({ weeks: 1 });
const fileName = `samples-${lastMonday.toISODate()}.xlsx`;

let service: OneCodexStandIn;
let host: SharedHost;
let colleague: string;

beforeAll(async () => {
	service = await startOneCodex();
	colleague = service.users[1].id;
	host = await SharedHost.create();
	host.importAccount(service);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

/** Imports the example under an ID, for a project and a colleague, as a person fills it in. */
function add(id: string, projectId: string): void {
	const example = exampleWorkflow('weekly-report');
	const userId = { __rl: true, mode: 'list', value: colleague };
	const filled = withSettings(filledIn(example, { 'Share a document': { userId } }), id, {
		project_id: projectId,
	});
	host.importWorkflows({ ...filled, settings: { ...filled.settings, timezone: 'UTC' } });
}

/** A sample that came in so many days after Monday of last week. */
const seed = (projectId: string, filename: string, days: number, more = {}) =>
	service.seedSample({
		filename,
		projectId,
		createdAt: lastMonday.plus({ days }).toISO(),
		...more,
	});

/** The rows of the one spreadsheet that arrived, as n8n itself reads them from One Codex. */
async function arrived(id: string) {
	host.importWorkflows(
		workflow(
			id,
			chain(
				manualTrigger(),
				oneCodex('Documents', 'getAll', { returnAll: true }),
				oneCodex('File', 'download'),
				node('n8n-nodes-base.extractFromFile', 1, 'Rows', { operation: 'xlsx' }),
			),
		),
	);
	const { data } = await host.execute(id);
	assertSucceeded(data);
	return outputOf(data, 'Rows').map(({ json }) => json);
}

it('reports last week: its samples, their metadata and reads, shared with somebody', async () => {
	const project = service.seedProject({ projectName: 'Ward 7' });
	const other = service.seedProject({ projectName: 'Ward 8' });
	const full = seed(project.id, 'stool.fastq', 0, {
		metadata: {
			name: 'Stool, patient 7',
			external_sample_id: 'LIMS-7',
			date_collected: '2026-01-31T00:00:00Z',
			custom: { ward: 'ICU', bed: 3, formula: '=1+1' },
		},
	});
	const bare = seed(project.id, 'water.fastq', 6.99);
	const failed = seed(project.id, 'no.fastq', 3, {
		status: 'failed_validation',
		errorMsg: 'Not FASTQ.',
	});
	const running = seed(project.id, 'slow.fastq', 4, { classification: 'running' });
	const unread = seed(project.id, 'new.fastq', 5, { classification: 'none' });
	seed(project.id, 'before.fastq', -0.01);
	seed(project.id, 'today.fastq', 7);
	seed(other.id, 'other.fastq', 2);
	add('weekly', project.id);

	const { data } = await host.execute('weekly');
	assertSucceeded(data);

	expect(service.documents).toMatchObject([{ filename: fileName, downloaders: [colleague] }]);
	const rows = await arrived('read-weekly');
	const { n_reads: reads, table } = recorded.classification;
	const reads_classified = table.find(({ tax_id }) => tax_id === '1')?.readcount_w_children;
	expect(rows).toEqual([
		{
			sample_id: full.id,
			file_name: 'stool.fastq',
			created_at: expect.stringContaining(lastMonday.toISODate()),
			status: 'available',
			reads,
			reads_classified,
			name: 'Stool, patient 7',
			external_sample_id: 'LIMS-7',
			date_collected: expect.stringContaining('2026-01-31'),
			'custom.ward': 'ICU',
			'custom.bed': 3,
			'custom.formula': '=1+1',
		},
		expect.objectContaining({
			sample_id: failed.id,
			status: 'failed_validation',
			note: 'Not FASTQ.',
		}),
		expect.objectContaining({ sample_id: running.id, note: expect.stringContaining('still runs') }),
		expect.objectContaining({
			sample_id: unread.id,
			note: expect.stringContaining('no classification yet'),
		}),
		expect.objectContaining({ sample_id: bare.id, reads, reads_classified }),
	]);
	for (const { sample_id, reads: count } of rows) {
		const isRead = [full.id, bare.id].includes(String(sample_id));
		expect(count).toBe(isRead ? reads : undefined);
	}
});

it('on schedule, reports samples of all projects where none is named, more than a page', async () => {
	const { id } = service.seedProject({ projectName: 'Ward 7' });
	const names = Array.from({ length: 103 }, (_, number) => `s${number}.fastq`);
	for (const name of names) seed(id, name, 1, { classification: 'failed' });
	add('weekly-all', '');

	const client = await host.client();
	assertSucceeded(await client.run('weekly-all', 'Every Monday morning'));

	const rows = await arrived('read-weekly-all');
	expect(rows.map(({ file_name }) => file_name).sort()).toEqual([...names].sort());
});

it('makes no report of a week without samples', async () => {
	const { id } = service.seedProject({ projectName: 'Ward 7' });
	add('weekly-none', id);

	assertSucceeded((await host.execute('weekly-none')).data);

	expect(service.documents).toEqual([]);
});
