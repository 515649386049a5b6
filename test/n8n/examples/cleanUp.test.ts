import type { IRunExecutionData } from 'n8n-workflow';

import { faultsInTurn, startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { exampleWorkflow, withSettings } from '../examples';
import { assertSucceeded, outputOf } from '../run';
import { SharedHost } from '../shared/host';

jest.setTimeout(600_000);

const day = 86_400_000;
/** More than one page, so that a list cut short would show. */
const drafts = Array.from({ length: 103 }, (_, number) => `Draft_${number}.pdf`);
const kept = ['report.pdf', 'new_draft.pdf', 'nearly_draft.pdf'];

let service: OneCodexStandIn;
let host: SharedHost;

beforeAll(async () => {
	const isDelete = ({ method }: { method: string }) => method === 'DELETE';
	const fault = { kind: 'status', status: 403 } as const;
	service = await startOneCodex({ faults: faultsInTurn(isDelete, undefined, fault) });
	host = await SharedHost.create();
	host.importAccount(service);
	const example = exampleWorkflow('clean-up-old-documents');
	host.importWorkflows(
		example,
		withSettings(example, 'for-real', { dry_run: false }),
		withSettings(example, 'every-name', { older_than_days: 366, name_contains: '' }),
	);
});

beforeEach(() => {
	const seed = (filename: string, daysAgo: number) =>
		service.seed({
			filename,
			size: 10,
			createdAt: new Date(Date.now() - daysAgo * day).toISOString(),
		});
	for (const name of drafts) seed(name, 365.1);
	seed('report.pdf', 1_000);
	seed('new_draft.pdf', 0);
	seed('nearly_draft.pdf', 364.9);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

function summaryOf(data: IRunExecutionData) {
	assertSucceeded(data);
	const [{ json }, ...others] = outputOf(data, 'Summary');
	expect(data.resultData.runData.Summary).toHaveLength(1);
	expect(others).toEqual([]);
	const { old_documents, ...rest } = json;
	const names = (old_documents as string[]).map((text) => text.split(' (')[0]);
	return { ...rest, names: names.sort() };
}

const deletions = () => service.requests.filter(({ method }) => method === 'DELETE');
const namesLeft = () => service.documents.map(({ filename }) => filename).sort();

it('as it is, lists what it would delete, and deletes nothing', async () => {
	const { data } = await host.execute('oneCodexCleanUp0');

	expect(summaryOf(data)).toEqual({
		dry_run: true,
		names: [...drafts].sort(),
		deleted: 0,
		not_deleted: [],
	});
	expect(deletions()).toEqual([]);
	expect(service.documents).toHaveLength(drafts.length + kept.length);
});

it('without the dry run, deletes these and no others; on schedule, what was refused', async () => {
	const first = await host.execute('for-real');

	const [refused] = namesLeft().filter((name) => name.startsWith('Draft'));
	const { id } = service.documents.find(({ filename }) => filename === refused)!;
	expect(summaryOf(first.data)).toEqual({
		dry_run: false,
		names: [...drafts].sort(),
		deleted: drafts.length - 1,
		not_deleted: [expect.stringContaining(`document ${id}`)],
	});
	expect(namesLeft()).toEqual([...kept, refused].sort());

	const client = await host.client();
	const data = await client.run('for-real', 'Every Monday morning');
	expect(summaryOf(data)).toEqual({
		dry_run: false,
		names: [refused],
		deleted: 1,
		not_deleted: [],
	});
	expect(namesLeft()).toEqual([...kept].sort());
});

it('takes another age, and every name', async () => {
	const { data } = await host.execute('every-name');

	expect(summaryOf(data)).toMatchObject({ names: ['report.pdf'], deleted: 0 });
});

it('sums up, where there is nothing to delete', async () => {
	service.reset();

	const { data } = await host.execute('for-real');

	expect(summaryOf(data)).toEqual({ dry_run: false, names: [], deleted: 0, not_deleted: [] });
	expect(deletions()).toEqual([]);
});
