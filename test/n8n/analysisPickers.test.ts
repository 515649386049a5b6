import type { Browser } from 'playwright-core';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { launchBrowser } from './browser';
import { Editor } from './editor';
import { listsOf } from './listsOf';
import { SharedHost } from './shared/host';
import { fan, manualTrigger, oneCodex, workflow } from './workflow';

jest.setTimeout(600_000);

const COUNT = 1_000;
const names = ['AMR', 'Functional', 'Typing', 'Assembly'];

let service: OneCodexStandIn;
let host: SharedHost;
let browser: Browser;
let editor: Editor;

/** A job and an analysis an hour, the last of them at noon. */
function seed(): void {
	for (let number = 1; number <= COUNT; number++) {
		const at = Date.UTC(2026, 0, 31, 12) - (COUNT - number) * 3_600_000;
		const createdAt = new Date(at).toISOString();
		const digits = String(number).padStart(4, '0');
		service.seedJob({ name: `${names[number % 4]} ${digits}`, type: 'workflow', createdAt });
		service.seedSample({ filename: `run-${digits}.fastq`, createdAt });
	}
}

/** The lists that were asked for since the requests were forgotten. */
const lists = (collection: string) => listsOf(service, collection);

beforeAll(async () => {
	service = await startOneCodex();
	seed();
	host = await SharedHost.create();
	host.importAccount(service);
	const top = {
		analysisId: { __rl: true, mode: 'id', value: service.samples[COUNT - 1].classificationId },
		filters: { rank: 'species', excludeHost: true, top: 5 },
	};
	const steps = [
		oneCodex('Results', 'getResults', { resource: 'analysis' }),
		oneCodex('Top species', 'getResults', { resource: 'analysis', ...top }),
		oneCodex('Run', 'run', { resource: 'analysis' }),
		oneCodex('Job', 'get', { resource: 'job' }),
	];
	host.importWorkflows(workflow('analysis pickers', fan(manualTrigger(), ...steps)));
	browser = await launchBrowser();
	editor = await Editor.openAs(browser, await host.client());
	await editor.openWorkflow('analysis pickers');
});

beforeEach(() => {
	service.requests.length = 0;
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
	await service?.close();
});

it('lists analyses, newest first, with sample and job, and more at the end of the list', async () => {
	await editor.openNode('Results');
	const picker = editor.picker('analysisId');
	await picker.setFixed('list');

	await picker.open();
	await editor.screenshot('14-analysis-picker');
	expect((await picker.entries.allInnerTexts()).slice(0, 2)).toEqual([
		'run-1000.fastq: One Codex Database (succeeded, 2026-01-31)',
		'run-0999.fastq: One Codex Database (succeeded, 2026-01-31)',
	]);
	await picker.loadMore();
	expect((await picker.entries.allInnerTexts())[100]).toMatch(/^run-0900\.fastq/);
	expect(lists('analyses').slice(0, 2)).toEqual([
		{ per_page: '100', sort: '{"created_at":true}', expand: 'all' },
		{ per_page: '100', sort: '{"created_at":true}', expand: 'all', page: '2' },
	]);
});

it('finds an analysis by the name of its sample, and the step gets its results', async () => {
	const picker = editor.picker('analysisId');
	await picker.search('0500');
	await editor.screenshot('15-analysis-search');
	expect(await picker.entries.allInnerTexts()).toEqual([
		'run-0500.fastq: One Codex Database (succeeded, 2026-01-10)',
	]);
	await picker.pick('0500');
	const text = await editor.executeStep('analysis_id');
	await editor.screenshot('16-results');
	expect(text).toContain(String(service.samples[499].classificationId));
	expect(text).toContain('42 items');
});

it('gives the organisms that the filters ask for, the most abundant first', async () => {
	await editor.openNode('Top species');
	const text = await editor.executeStep('analysis_id');
	await editor.showJson('readcount_w_children');
	await editor.screenshot('18-top-species');
	await editor.picture('results', 511, 66, 904, 655);
	expect(text).toMatch(/[1-5] items/);
	expect(text).not.toContain('genus');
});

it('finds a job by a part of its name, and the step gets it', async () => {
	await editor.openNode('Job');
	const picker = editor.picker('jobId');
	await picker.open();
	expect((await picker.entries.allInnerTexts())[0]).toBe('AMR 0004 (workflow, 2025-12-21)');
	await picker.loadMore();
	await picker.search('Typing 0998');
	expect(await picker.entries.allInnerTexts()).toEqual(['Typing 0998 (workflow, 2026-01-31)']);
	expect(lists('jobs').at(-1)).toMatchObject({ where: '{"name":{"$icontains":"Typing 0998"}}' });
	await picker.pick('Typing 0998');
	const text = await editor.executeStep('job_id');
	expect(text).toContain(service.jobs[998].id);
});

it('runs a job that was picked on a sample that was picked', async () => {
	await editor.openNode('Run');
	const jobs = editor.picker('jobId');
	await jobs.open();
	await jobs.search('AMR 0500');
	await jobs.pick('AMR 0500');
	const samples = editor.picker('sampleId');
	await samples.setFixed('list');
	await samples.open();
	await samples.search('0700');
	await samples.pick('0700');
	await editor.screenshot('17-run-job');
	const text = await editor.executeStep('analysis_id');
	const analysis = service.analyses.at(-1)!;
	expect(text).toContain(analysis.id);
	expect(analysis).toMatchObject({
		jobId: service.jobs[500].id,
		sampleId: service.samples[699].id,
	});
});
