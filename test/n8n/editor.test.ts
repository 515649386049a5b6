import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { launchBrowser } from './browser';
import { wrongKeyMessage } from './differences';
import { Editor } from './editor';
import { exampleFile, exampleWorkflow } from './examples';
import { sha256 } from './files';
import { credentialOf, Host } from './host';
import { RestClient } from './rest';
import type { Server } from './server';
import { chain, manualTrigger, oneCodex, readFiles, workflow, type Workflow } from './workflow';

jest.setTimeout(600_000);

const threeSteps = exampleWorkflow('init-upload-confirm');

let service: OneCodexStandIn;
let host: Host;
let server: Server;
let client: RestClient;
let browser: Browser;
let editor: Editor;
let inTheEditor: Workflow;
let initInTheEditor: Workflow;

beforeAll(async () => {
	service = await startOneCodex();
	host = await Host.create();
	const file = join(host.filesFolder, 'Sequencing report.pdf');
	await copyFile(exampleFile, file);
	server = await host.start();
	client = new RestClient(server.url);
	await client.logIn();
	const read = [manualTrigger(), readFiles('Read a file', file)];
	initInTheEditor = workflow('init-in-the-editor', chain(...read, oneCodex('Init', 'initUpload')));
	inTheEditor = workflow('in-the-editor', chain(...read));
	await client.addWorkflows(inTheEditor, threeSteps);
	browser = await launchBrowser();
	editor = await Editor.open(browser, client);
	await editor.logIn();
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await host?.close();
	await service?.close();
});

it('finds the node', async () => {
	await editor.openNextWorkflow(inTheEditor);

	const node = await editor.findNode('one codex', 'One Codex');
	const searchBox = editor.page.getByPlaceholder('Search nodes...');
	for (const word of ['onecodex', 'fastq', 'taxonomy', 'pathogen', 'sequencing']) {
		await searchBox.fill(word);
		await node.waitFor();
	}
	await searchBox.fill('one codex');
	await editor.screenshot('1-search');
	await node.click();
	const action = editor.entry('Upload a document');
	await action.waitFor();
	await editor.entry('Get a job').waitFor();
	const panel = await editor.panel();
	expect(panel.slice(0, panel.indexOf('DOCUMENT ACTIONS'))).toEqual([
		...['SAMPLE ACTIONS', 'Upload a sample', 'Wait for a sample', 'Get many samples'],
		...['Get a sample', 'Update a sample', 'Download a sample', 'Delete a sample'],
		...['Create a sample without a file', 'Import a sample from a URL'],
		...['ANALYSIS ACTIONS', 'Get the results of an analysis', 'Get many analyses'],
		...['Get an analysis', 'Wait for an analysis', 'Download the files of an analysis'],
		'Run a job on a sample',
	]);
	const headings = panel.filter((line) => line.endsWith(' ACTIONS'));
	expect(headings.slice(2)).toEqual(['DOCUMENT ACTIONS', 'PROJECT ACTIONS', 'JOB ACTIONS']);
	await editor.screenshot('2-actions');
	await editor.picture('node-panel', 1055, 65, 385, 735);
	await action.click();
	await editor.page.getByText('Input Binary Field').waitFor();
	await editor.screenshot('3-parameters');
});

it('tells a bad key from a good one', async () => {
	const { page } = editor;
	await editor.addAccount();
	await editor.screenshot('4-credential');
	await editor.picture('credential', 216, 90, 1008, 455);

	await editor.saveAccount({ apiKey: '0'.repeat(32), baseUrl: service.baseUrl });
	await page.getByText('More details').click();
	await page.getByText(wrongKeyMessage).waitFor();
	await editor.screenshot('5-bad-key');

	await editor.saveAccount(service);
	await editor.showAccount();
	await page.getByText('Connection tested successfully').waitFor();
	await editor.screenshot('6-good-key');
	await page.getByTestId('editCredential-modal').getByRole('button', { name: 'Close' }).click();
});

it('uploads the file of the node before, and shows the document', async () => {
	const text = await editor.executeStep('document_id');
	await editor.screenshot('7-output');
	await editor.picture('output', 511, 66, 904, 455);

	const [{ id, filename, state, object }] = service.documents;
	expect(text).toContain(id);
	expect(text).toContain('Renamed: "Sequencing report.pdf" is "Sequencing_report.pdf"');
	expect(filename).toBe('Sequencing_report.pdf');
	expect(state).toBe('confirmed');
	expect(object?.sha256).toBe(await sha256(exampleFile));
});

it('says what to do where the item has no such file', async () => {
	await editor.parameter('binaryPropertyName').fill('attachment');

	const text = await editor.executeStep('The item has files in: data');
	await editor.screenshot('8-error');
	await editor.picture('error', 511, 66, 904, 455);

	expect(text).toContain('the item has no file in "attachment"');
	expect(service.documents).toHaveLength(1);
});

it('hints at a changed name after Init Upload, too', async () => {
	await client.addCredential(credentialOf(service));
	await client.addWorkflow(initInTheEditor);
	await editor.openNextWorkflow(initInTheEditor);
	await editor.openNode('Init');

	const text = await editor.executeStep('Some names were changed');
	await editor.screenshot('9-init');

	// The file is still there for Upload File, under the name that it came with.
	expect(text).toContain('Sequencing report.pdf');
	expect(service.documents.at(-1)).toMatchObject({
		filename: 'Sequencing_report.pdf',
		state: 'initiated',
	});
});

it('has an icon for the dark theme', async () => {
	await editor.page.emulateMedia({ colorScheme: 'dark' });
	await editor.openWorkflow(threeSteps.id);
	await editor.screenshot('10-dark');

	const icons = await editor.icons('n8n-nodes-onecodex');
	expect(icons).toHaveLength(3);
	for (const icon of icons) {
		expect(icon).toMatch(/onecodex\.dark\.svg$/);
		expect(await (await editor.page.request.get(icon)).text()).toContain('<svg');
	}
});
