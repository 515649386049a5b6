import type { Browser } from 'playwright-core';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { launchBrowser } from '../browser';
import { Editor } from '../editor';
import { SharedHost } from '../shared/host';
import { chain, oneCodex, oneCodexTrigger, workflow, type Workflow } from '../workflow';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let host: SharedHost;
let browser: Browser;
let editor: Editor;
let inTheEditor: Workflow;

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	host.importAccount(service);
	const get = oneCodex('Get it', 'get', { resource: 'sample' });
	const everyFiveMinutes = { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] };
	const trigger = oneCodexTrigger('sampleAvailable', { pollTimes: everyFiveMinutes });
	inTheEditor = workflow('trigger-in-the-editor', chain(trigger, get));
	host.importWorkflows(inTheEditor, workflow('empty-in-the-editor', []));
	browser = await launchBrowser();
	editor = await Editor.openAs(browser, await host.client());
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
	await service?.close();
});

it('is found, and offers its events', async () => {
	await editor.openEmptyWorkflow('empty-in-the-editor');
	await editor.searchFirstStep('one codex');
	await editor.screenshot('20-trigger-search');
	await editor.entry('One Codex').first().click();
	await editor.screenshot('21-trigger-panel');
	await editor.page
		.getByText(/Triggers/)
		.first()
		.waitFor();
});

it('says that there is no test event, and then gives the newest', async () => {
	await editor.openNextWorkflow(inTheEditor);
	await editor.page.getByText('Sample Available').first().waitFor();
	await editor.openNode('One Codex Trigger');
	await editor.page.getByText('Poll Times').first().waitFor();
	expect(await editor.fetchTestEvent('There is no sample yet')).toContain(
		'There is no sample yet that fits the event and the filters',
	);
	await editor.screenshot('22-no-test-event');

	service.seedSample({ filename: 'old.fastq', createdAt: '2026-01-31T12:00:00Z' });
	const { id } = service.seedSample({ filename: 'stool.fastq', size: 18_100 });
	const text = await editor.fetchTestEvent(id);
	await editor.screenshot('23-test-event');
	await editor.picture('trigger', 511, 66, 904, 530);
	expect(text).toContain('stool.fastq');
	expect(text).not.toContain('old.fastq');
	expect(text).toContain('A test event is the newest that there is.');
});

it('gives the next node what it needs, with no field typed', async () => {
	await editor.openNode('Get it');
	const [, { id }] = service.samples;
	expect(await editor.executeStep(id)).toContain('stool.fastq');
	await editor.screenshot('24-after-the-trigger');
});
