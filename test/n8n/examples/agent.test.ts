import type { Browser } from 'playwright-core';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { launchBrowser } from '../browser';
import { Editor } from '../editor';
import { exampleWorkflow } from '../examples';
import { startModel, type ScriptedModel } from '../model';
import { SharedHost } from '../shared/host';

jest.setTimeout(600_000);

const day = 86_400_000;
const question = 'Which reports came this week?';
const answer = 'One report came this week: report_new.pdf.';

const example = exampleWorkflow('ask-about-reports');

let service: OneCodexStandIn;
let model: ScriptedModel;
let host: SharedHost;
let browser: Browser;

beforeAll(async () => {
	service = await startOneCodex();
	model = await startModel();
	host = await SharedHost.create();
	host.importAccount(service);
	host.importCredential({
		id: 'openAiAccount000',
		name: 'OpenAI account',
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.url },
	});
	host.importWorkflows({ ...example, settings: { ...example.settings, timezone: 'UTC' } });
	browser = await launchBrowser();
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
	await model?.close();
	await service?.close();
});

/** The date that many days ago, in UTC. */
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString().slice(0, 10);

it('answers a question in the chat, by what its tools find in One Codex', async () => {
	const seed = (filename: string, days: number) =>
		service.seed({ filename, size: 10, createdAt: `${daysAgo(days)}T12:00:00Z` });
	const found = seed('report_new.pdf', 2);
	seed('report_old.pdf', 9);
	seed('reads.fastq', 2);
	const [today, after] = [daysAgo(0), daysAgo(6)];
	model.play(
		{
			tool: 'Get_many_documents',
			args: { File_Name_Contains: 'report', Created_After: after, Created_Before: '' },
		},
		{ tool: 'Get_a_document', args: { Document: found.id } },
		answer,
	);
	const editor = await Editor.openAs(browser, await host.client());
	const { page } = editor;
	await editor.openWorkflow(example.id);

	await page.getByTestId('workflow-chat-button').click();
	await page.getByPlaceholder(/type/i).fill(question);
	await page.keyboard.press('Enter');
	await page.getByText(answer).first().waitFor();
	await editor.screenshot('agent-answer');

	const [list, one] = service.requests.map(({ path }) => new URL(path, service.baseUrl));
	expect(JSON.parse(list.searchParams.get('where') ?? '')).toEqual({
		filename: { $icontains: 'report' },
		created_at: { $gte: `${after}T00:00:00.000Z` },
	});
	expect(one.pathname).toBe(`/api/v1/documents/${found.id}`);
	expect(model.results().map((text) => JSON.parse(text) as unknown)).toEqual([
		[expect.objectContaining({ document_id: found.id, filename: 'report_new.pdf' })],
		[expect.objectContaining({ document_id: found.id, uploader: expect.anything() })],
	]);
	expect(model.told('user')).toEqual([question]);
	const [, date] = /Today is [A-Z]\w+day, (\S+),/.exec(model.told('system').join()) ?? [];
	expect([today, daysAgo(0)]).toContain(date);
});

it('answers which samples had an organism, by the results of each', async () => {
	service.requests.length = 0;
	const samples = [20, 19].map((days) =>
		service.seedSample({ filename: 'stool.fastq', createdAt: `${daysAgo(days)}T12:00:00Z` }),
	);
	service.seedSample({ filename: 'stool_0.fastq', createdAt: `${daysAgo(80)}T12:00:00Z` });
	const dates = { Created_After: daysAgo(30), Created_Before: `${daysAgo(1)}T23:59:59` };
	const resultsOf = (name: string) =>
		samples.map(({ classificationId }) => ({
			tool: 'Get_results',
			args: { Analysis: classificationId, Name_Contains: name },
		}));
	const found = 'Both samples had Bacteroides uniformis, and none Salmonella.';
	model.play(
		{ tool: 'Get_many_samples', args: { File_Name_Contains: '', ...dates } },
		...resultsOf('uniformis'),
		...resultsOf('Salmonella'),
		found,
	);
	const editor = await Editor.openAs(browser, await host.client());
	const { page } = editor;
	await editor.openWorkflow(example.id);

	await page.getByTestId('workflow-chat-button').click();
	await page.getByPlaceholder(/type/i).fill('Which samples had Bacteroides uniformis last month?');
	await page.keyboard.press('Enter');
	await page.getByText(found).first().waitFor();

	const [list, ...results] = model.results().map((text) => JSON.parse(text) as unknown);
	expect(list).toEqual(
		samples
			.map(({ id, classificationId }) =>
				expect.objectContaining({ sample_id: id, classification_id: classificationId }),
			)
			.reverse(),
	);
	const rows = [expect.objectContaining({ name: 'Bacteroides uniformis' })];
	expect(results.slice(0, 2)).toEqual([rows, rows]);
	expect(results.slice(2)).toEqual(['', '']);
	const offered = model.offered().map(({ name, description }) => `${name}: ${description}`);
	expect(offered.join('\n')).toMatch(/Get_results: .*of a classification organisms/);
});
