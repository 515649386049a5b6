import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser } from 'playwright-core';

import { launchBrowser } from '../browser';
import { Editor } from '../editor';
import { examplesFolder, exampleWorkflow } from '../examples';
import { SharedHost } from '../shared/host';

jest.setTimeout(600_000);

const names = readdirSync(examplesFolder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => basename(file, '.json'));

let host: SharedHost;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	host = await SharedHost.create();
	host.importWorkflows(...names.map(exampleWorkflow));
	browser = await launchBrowser();
	editor = await Editor.openAs(browser, await host.client(), { width: 1920, height: 1080 });
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
});

it.each(names)('%s is tidy in the editor, and explains itself', async (name) => {
	const example = exampleWorkflow(name);
	const { nodes } = example;
	await editor.openNextWorkflow(example);
	await editor.screenshot(`example-${name}`);

	const things = await editor.layout();
	expect(things.map((thing) => thing.name).sort()).toEqual(nodes.map((node) => node.name).sort());
	expect(things.filter(({ isCutOff }) => isCutOff)).toEqual([]);
	for (const [index, one] of things.entries()) {
		for (const other of things.slice(index + 1)) {
			const isApart =
				one.right <= other.left ||
				other.right <= one.left ||
				one.bottom <= other.top ||
				other.bottom <= one.top;
			if (!isApart) throw new Error(`"${one.name}" and "${other.name}" cover each other`);
		}
	}
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	expect(notes.map(({ parameters }) => parameters.content).join()).toMatch(
		/^## .+\n[^]+### Fill in\n[^]+### Change\n/,
	);
});
