import type { Browser } from 'playwright-core';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { launchBrowser } from './browser';
import { editorOf } from './differences';
import { Editor } from './editor';
import { listsOf } from './listsOf';
import { SharedHost } from './shared/host';
import { fan, manualTrigger, oneCodex, workflow } from './workflow';

jest.setTimeout(600_000);

const kinds = ['reads_1.fastq.gz', 'reads_2.fastq.gz', 'report.pdf', 'contigs.fasta'];
const labs = ['genomics', 'microbiology', 'clinic'];
const users = Array.from(
	{ length: 150 },
	(_, index) => `user${String(index).padStart(3, '0')}@${labs[index % labs.length]}.example`,
);

let service: OneCodexStandIn;
let host: SharedHost;
let browser: Browser;
let editor: Editor;

/** A document an hour, the last of them at noon: the service itself gives them oldest first. */
function seedDocuments(count: number): void {
	for (let number = 1; number <= count; number++) {
		const at = Date.UTC(2026, 0, 31, 12) - (count - number) * 3_600_000;
		service.seed({
			filename: `run-${String(number).padStart(4, '0')}_${kinds[number % kinds.length]}`,
			size: 10 ** (2 + (number % 9)) + number,
			createdAt: new Date(at).toISOString(),
		});
	}
}

/** The lists that were asked for since the requests were forgotten. */
const lists = (collection: string) => listsOf(service, collection);

beforeAll(async () => {
	service = await startOneCodex({ users });
	seedDocuments(1_000);
	host = await SharedHost.create();
	host.importAccount(service);
	const filters = { filename: 'report', createdAfter: '2026-01-20T00:00:00', minSize: 1_000_000 };
	const steps = [
		oneCodex('Step', 'get'),
		oneCodex('Share', 'share'),
		oneCodex('Many', 'getAll', { limit: 20, filters, options: { sort: 'largest' } }),
	];
	host.importWorkflows(workflow('pickers', fan(manualTrigger(), ...steps)));
	browser = await launchBrowser();
	editor = await Editor.openAs(browser, await host.client());
	await editor.openWorkflow('pickers');
});

beforeEach(() => {
	service.requests.length = 0;
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
	await service?.close();
});

it('lists documents, newest first, with size and date, and more at the end of the list', async () => {
	await editor.openNode('Step');
	const picker = editor.picker('documentId');
	await picker.setFixed('list');

	await picker.open();
	await editor.screenshot('10-picker');
	expect((await picker.entries.allInnerTexts()).slice(0, 3)).toEqual([
		'run-1000_reads_1.fastq.gz (2 KB, 2026-01-31)',
		'run-0999_contigs.fasta (1.1 KB, 2026-01-31)',
		'run-0998_report.pdf (10 GB, 2026-01-31)',
	]);

	await picker.loadMore();
	const names = await picker.entries.allInnerTexts();
	expect(names.length).toBeGreaterThanOrEqual(200);
	expect(names.slice(100, 102).map((name) => name.split('_')[0])).toEqual(['run-0900', 'run-0899']);
	expect(lists('documents').slice(0, 2)).toEqual([
		{ per_page: '100', sort: '{"created_at":true}' },
		{ per_page: '100', sort: '{"created_at":true}', page: '2' },
	]);
});

it('finds a document by a part of its name, and the step gets it', async () => {
	const picker = editor.picker('documentId');

	await picker.search('0500_');
	await editor.screenshot('11-picker-search');
	expect(await picker.entries.allInnerTexts()).toEqual([
		'run-0500_reads_1.fastq.gz (10 MB, 2026-01-10)',
	]);
	expect(lists('documents').at(-1)).toMatchObject({ where: '{"filename":{"$icontains":"0500_"}}' });

	await picker.pick('0500_');
	expect(await picker.input.inputValue()).toContain('run-0500_reads_1.fastq.gz');
	const text = await editor.executeStep('document_id');
	expect(text).toContain(service.documents[499].id);
});

it('says of an ID that is none what one looks like, and sends nothing', async () => {
	const { page } = editor;
	const picker = editor.picker('documentId');
	await picker.setFixed('id');
	await picker.input.fill('run-0500');

	await picker.issues.hover();
	await page.getByText('An ID has 16 hex digits (0-9, a-f)').first().waitFor();
	await page.getByTestId('node-execute-button').click();
	await page.getByText(editorOf.issuesMessage).first().waitFor();

	expect(service.requests).toEqual([]);
});

it('shares the document at an address with a user of the list', async () => {
	const document = service.documents[700];
	const friend = service.users[148];
	await editor.openNode('Share');
	const documentPicker = editor.picker('documentId');
	await documentPicker.setFixed('url');
	await documentPicker.input.fill(`https://app.onecodex.com/documents/${document.id}?tab=files`);
	const picker = editor.picker('userId');

	await picker.open();
	await picker.entries.nth(120).waitFor();
	await editor.screenshot('12-user-picker');
	expect(await picker.entries.allInnerTexts()).toEqual(service.users.map(({ email }) => email));
	expect(lists('users').at(-1)).toEqual({ per_page: '100', page: '2' });

	await picker.search('147@');
	expect(await picker.entries.allInnerTexts()).toEqual([friend.email]);
	await picker.pick('147@');
	const text = await editor.executeStep('downloaders');

	expect(text).toContain(document.id);
	expect(document.downloaders).toEqual([friend.id]);
});

it('shows many documents, filtered and sorted, as a table', async () => {
	await editor.page.getByText('Document: Get Many').first().waitFor();
	await editor.openNode('Many');
	await editor.executeStep('document_id');
	const output = editor.page.getByTestId('output-panel');
	await output.getByTestId('radio-button-table').click();
	await output.getByRole('columnheader', { name: 'filename' }).waitFor();
	await editor.screenshot('13-get-many');

	expect(lists('documents')).toEqual([
		{
			per_page: '20',
			sort: '{"size":true}',
			where: expect.stringMatching(
				/"\$icontains":"report".*"\$gte":"2026-01-\S+Z".*"\$gte":1000000/,
			),
		},
	]);
	await output.getByText('20 items').first().waitFor();
});
