import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { gzipped } from '../engine/samples/content';
import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { launchBrowser } from './browser';
import { Editor } from './editor';
import { SharedHost } from './shared/host';
import { chain, fan, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

const MANY = 2_000;
const pair = ['stool-7_R1.fastq.gz', 'stool-7_R2.fastq.gz'];
const numbered = (number: number) => String(number).padStart(4, '0');

let service: OneCodexStandIn;
let host: SharedHost;
let browser: Browser;
let editor: Editor;

const ofSamples = (name: string, operation: string, parameters = {}) =>
	oneCodex(name, operation, { resource: 'sample', ...parameters });

/** A sample an hour, the last of them at noon. */
function seed(): void {
	for (let number = 1; number <= MANY; number++) {
		const at = Date.UTC(2026, 0, 31, 12) - (MANY - number) * 3_600_000;
		service.seedSample({
			filename: `run ${numbered(number)}_R1.fastq.gz`,
			size: 10 ** (2 + (number % 9)) + number,
			createdAt: new Date(at).toISOString(),
		});
		service.seedProject({ name: `Ward ${numbered(number)}` });
	}
}

beforeAll(async () => {
	service = await startOneCodex();
	seed();
	host = await SharedHost.create();
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	const metadata = {
		name: 'Stool',
		dateCollected: '2026-01-31T00:00:00',
		locationLat: 53.55,
		custom: {
			assignments: [
				{ id: '1', name: 'ward', value: 'ICU 2', type: 'string' },
				{ id: '2', name: 'bed', value: 3, type: 'number' },
				{ id: '3', name: 'isTest', value: true, type: 'boolean' },
			],
		},
	};
	const nowhere = { __rl: true, mode: 'list', value: '' };
	for (const name of pair) await writeFile(join(host.filesFolder, name), gzipped());
	const start = manualTrigger();
	const read = readFiles('Read', `${host.filesFolder}/*.gz`);
	const steps = [
		ofSamples('Get', 'get', { sampleId: nowhere }),
		ofSamples('With metadata', 'upload', { tags: 'urgent, ward 7', metadata }),
		ofSamples('Update', 'update', {
			sampleId: { __rl: true, mode: 'id', value: service.samples[0].id },
			updateFields: { projectId: nowhere, addTags: 'urgent', metadata },
		}),
		read,
	];
	const upload = ofSamples('Upload', 'upload', { tags: 'urgent, ward 7' });
	host.importWorkflows(workflow('samples', [...fan(start, ...steps), ...chain(read, upload)]));
	browser = await launchBrowser();
	editor = await Editor.openAs(browser, await host.client());
	await editor.openWorkflow('samples');
});

beforeEach(() => {
	service.requests.length = 0;
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
	await service?.close();
});

it('samples are picked newest first, with size and date, and found by name', async () => {
	await editor.openNode('Get');
	const picker = editor.picker('sampleId');

	await picker.open();
	await editor.screenshot('20-sample-picker');
	expect((await picker.entries.allInnerTexts()).slice(0, 2)).toEqual([
		'run 2000_R1.fastq.gz (12 KB, 2026-01-31)',
		'run 1999_R1.fastq.gz (3 KB, 2026-01-31)',
	]);
	await picker.loadMore();
	expect(await picker.entries.count()).toBeGreaterThanOrEqual(200);

	await picker.search('0500_');
	expect(await picker.entries.allInnerTexts()).toEqual([
		'run 0500_R1.fastq.gz (10 MB, 2025-11-30)',
	]);
	await picker.pick('0500_');
	expect(await editor.executeStep('sample_id')).toContain(service.samples[499].id);
});

it('Upload shows what a sample gets besides its data', async () => {
	await editor.openNode('With metadata');
	await editor.screenshot('21-sample-upload');

	const picker = editor.picker('projectId');
	await picker.open();
	expect((await picker.entries.allInnerTexts()).slice(0, 2)).toEqual(['Ward 0001', 'Ward 0002']);
	await picker.search('1234');
	await editor.screenshot('22-project-picker');
	expect(await picker.entries.allInnerTexts()).toEqual(['Ward 1234']);
	await picker.pick('1234');
	expect(await picker.input.inputValue()).toContain('Ward 1234');
});

it('Upload makes one sample of the two files of a pair, and shows it', async () => {
	await editor.openNode('Upload');
	const text = await editor.executeStep('sample_id');
	await editor.showJson('original_filenames');
	await editor.screenshot('25-sample-uploaded');
	await editor.picture('sample-upload', 511, 66, 904, 560);

	const sample = service.samples.at(-1);
	expect(text).toContain(sample?.id);
	expect(text).toContain('1 item');
	expect(sample).toMatchObject({ filename: pair[0], pairedEndFilename: pair[1] });
});

it('Update changes what its fields say, the project picked from a list among them', async () => {
	await editor.openNode('Update');
	await editor.screenshot('23-sample-update');

	const picker = editor.picker('projectId');
	await picker.open();
	await picker.search('0042');
	await picker.pick('0042');
	await editor.screenshot('24-sample-update-project');
	await editor.executeStep('sample_id');

	const [sample] = service.samples;
	expect(sample.projectId).toBe(service.projects[41].id);
	expect(sample.metadata).toMatchObject({
		name: 'Stool',
		location_lat: 53.55,
		custom: { ward: 'ICU 2', bed: 3, isTest: true },
	});
});
