import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { launchBrowser } from '../browser';
import { screenshotPath } from '../editor';
import { exampleWorkflow } from '../examples';
import { confirmed, sorted, writeRandomFile, type Stored } from '../files';
import { SharedHost } from '../shared/host';

jest.setTimeout(600_000);

const kib = 1024;
const example = exampleWorkflow('upload-from-form');
const trigger = example.nodes.find(({ name }) => name === 'On form submission');

let service: OneCodexStandIn;
let host: SharedHost;
let url: string;
let browser: Browser;

beforeAll(async () => {
	service = await startOneCodex({ maxFileSize: 64 * kib });
	host = await SharedHost.create();
	host.importAccount(service);
	host.importWorkflows(example);
	const client = await host.client();
	await client.activate(example.id);
	({ url } = client);
	browser = await launchBrowser();
});

afterEach(() => service.reset());

afterAll(async () => {
	await browser?.close();
	await host?.close();
	await service?.close();
});

const write = async (name: string, size: number) =>
	await writeRandomFile(host.filesFolder, name, size);

/** Fills in the form as a person does, and gives the text of the page that it ends with. */
async function submit(screenshot: string, ...names: string[]): Promise<string> {
	const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
	page.setDefaultTimeout(60_000);
	await page.goto(`${url}/form/${trigger?.webhookId}`);
	await page.getByLabel('Files').setInputFiles(names.map((name) => join(host.filesFolder, name)));
	await page.screenshot({ path: screenshotPath(`${screenshot}-filled-in`) });
	await page.getByRole('button', { name: 'Upload' }).click();
	await page.getByText(/are in One Codex|were uploaded/).waitFor();
	await page.screenshot({ path: screenshotPath(`${screenshot}-ending`) });
	const text = await page.locator('body').innerText();
	await page.close();
	return text;
}

const idOf = ({ filename }: Stored) =>
	service.documents.find((document) => document.filename === filename)?.id;

it('uploads all files that a person drops, and says where they are', async () => {
	const files = [
		await write('reads_1.fastq', 50 * kib),
		await write('reads_2.fastq', 2 * kib),
		await write('report.pdf', kib),
	];

	const text = await submit('form', ...files.map(({ filename }) => filename));

	expect(confirmed(service)).toEqual(sorted(files));
	expect(text).toContain('Your files are in One Codex');
	for (const file of files) expect(text).toContain(`${file.filename}: document ${idOf(file)}`);
});

it('takes a single file, too', async () => {
	const file = await write('one.pdf', kib);

	const text = await submit('form-one-file', 'one.pdf');

	expect(confirmed(service)).toEqual([file]);
	expect(text).toContain(`one.pdf: document ${idOf(file)}`);
});

it('says which file was not uploaded, and uploads the others', async () => {
	const file = await write('small.txt', kib);
	await write('large.txt', 65 * kib);

	const text = await submit('form-failed', 'large.txt', 'small.txt');

	expect(confirmed(service)).toEqual([file]);
	expect(text).toContain('Not all files were uploaded');
	expect(text).toContain('large.txt was not uploaded: The file is larger than');
	expect(text).toContain(`small.txt: document ${idOf(file)}`);
});
