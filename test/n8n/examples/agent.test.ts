import { DateTime } from 'luxon';
import type { Browser } from 'playwright-core';

import recorded from '../../onecodex/recorded/results.json';
import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { launchBrowser } from '../browser';
import { Editor } from '../editor';
import { exampleWorkflow } from '../examples';
import { startModel, type ScriptedModel } from '../model';
import { SharedHost } from '../shared/host';

jest.setTimeout(600_000);

const day = 86_400_000;
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

afterEach(() => service.reset());

afterAll(async () => {
	await browser?.close();
	await host?.close();
	await model?.close();
	await service?.close();
});

/** The date that many days ago, in UTC. */
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString().slice(0, 10);

/** Asks in the chat of the editor, and waits for the answer. */
async function ask(question: string, answer: string, screenshot: string): Promise<void> {
	const editor = await Editor.openAs(browser, await host.client());
	const { page } = editor;
	await editor.openWorkflow(example.id);
	await page.getByTestId('workflow-chat-button').click();
	await page.getByPlaceholder(/type/i).fill(question);
	await page.keyboard.press('Enter');
	await page.getByText(answer).first().waitFor();
	await editor.screenshot(screenshot);
	expect(model.told('user')).toEqual([question]);
}

const asked = () => service.requests.map(({ path }) => new URL(path, service.baseUrl));
const whereOf = ({ searchParams }: URL) => JSON.parse(searchParams.get('where') ?? '') as unknown;
const results = () => model.results().map((text) => JSON.parse(text) as unknown);

it('answers a question in the chat, by what its tools find in One Codex', async () => {
	const seed = (filename: string, days: number) =>
		service.seed({ filename, size: 10, createdAt: `${daysAgo(days)}T12:00:00Z` });
	const answer = 'One report came this week: report_new.pdf.';
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

	await ask('Which reports came this week?', answer, 'agent-answer');

	const [list, one] = asked();
	expect(whereOf(list)).toEqual({
		filename: { $icontains: 'report' },
		created_at: { $gte: `${after}T00:00:00.000Z` },
	});
	expect(one.pathname).toBe(`/api/v1/documents/${found.id}`);
	expect(results()).toEqual([
		[expect.objectContaining({ document_id: found.id, filename: 'report_new.pdf' })],
		[expect.objectContaining({ document_id: found.id, uploader: expect.anything() })],
	]);
	const [, date] = /Today is [A-Z]\w+day, (\S+),/.exec(model.told('system').join()) ?? [];
	expect([today, daysAgo(0)]).toContain(date);
});

/** The time that many days after the month that is so many months from this one began, in UTC. */
const inMonth = (months: number, days: number) =>
	DateTime.utc().startOf('month').plus({ months }).plus({ days });

/** The row of an organism, as those that were recorded. */
const row = (name: string, rank: string, reads: number) => ({
	...recorded.classification.table[0],
	...{ name, rank, tax_id: name === 'Salmonella' ? '590' : '28901', parent_tax_id: '543' },
	...{ readcount: reads, readcount_w_children: reads, abundance_w_children: null },
});

it('answers which samples had an organism last month, sample by sample', async () => {
	const seed = (filename: string, months: number, days: number, more = {}) =>
		service.seedSample({ filename, createdAt: inMonth(months, days).toISO(), ...more });
	const seedWith = (filename: string, months: number, days: number) => {
		const sample = seed(filename, months, days);
		const { table } = recorded.classification;
		const found = [row('Salmonella', 'genus', 9), row('Salmonella enterica', 'species', 8)];
		service.analysis(String(sample.classificationId)).results = {
			...recorded.classification,
			table: [...table.map((each) => ({ abundance_w_children: null, ...each })), ...found],
		};
		return sample;
	};
	seedWith('before.fastq', -1, -0.01);
	const first = seedWith('first.fastq', -1, 0);
	const without = seed('without.fastq', -1, 5);
	const running = seed('running.fastq', -1, 6, { classification: 'running' });
	const last = seedWith('last.fastq', 0, -0.01);
	seedWith('after.fastq', 0, 0);
	const samples = [last, running, without, first];
	const [from, to] = [inMonth(-1, 0), inMonth(0, -1)].map((time) => String(time.toISODate()));
	const times = { Created_After: from, Created_Before: `${to}T23:59:59` };
	const answer = 'Two samples had Salmonella last month: last.fastq and first.fastq.';
	model.play(
		{ tool: 'Get_many_samples', args: { File_Name_Contains: '', ...times } },
		...samples.map(({ id }) => ({
			tool: 'Get_results',
			args: {
				Sample_or_Analysis: id,
				Organism_Name_Contains: 'salmonella',
				Rank: '',
				Top: 25,
			},
		})),
		{
			tool: 'Get_many_analyses',
			args: { Type: 'any', Sample: running.id, State: '', Created_After: '', Created_Before: '' },
		},
		{
			tool: 'Get_many_analyses',
			args: { Type: 'classification', Sample: '', State: 'succeeded', ...times },
		},
		{
			tool: 'Get_results',
			args: {
				Sample_or_Analysis: last.classificationId,
				Organism_Name_Contains: '',
				Rank: 'species',
				Top: 1,
			},
		},
		answer,
	);

	await ask('Which samples had Salmonella last month?', answer, 'agent-samples');

	const [list] = asked();
	expect(whereOf(list)).toEqual({
		created_at: { $between: [`${from}T00:00:00.000Z`, `${to}T23:59:59.000Z`] },
	});
	const salmonella = ({ classificationId }: typeof first) => [
		expect.objectContaining({ analysis_id: classificationId, name: 'Salmonella' }),
		expect.objectContaining({
			analysis_id: classificationId,
			name: 'Salmonella enterica',
			readcount_w_children: 8,
		}),
	];
	const ids = (key: string, values: unknown[]) =>
		values.map((value) => expect.objectContaining({ [key]: value }) as unknown);
	expect(results()).toEqual([
		ids('sample_id', [last.id, running.id, without.id, first.id]),
		salmonella(last),
		[expect.objectContaining({ error: expect.stringContaining('still runs') })],
		'',
		salmonella(first),
		[expect.objectContaining({ sample_id: running.id, state: 'running' })],
		ids('sample_id', [last.id, without.id, first.id]),
		[expect.objectContaining({ name: 'Bacteroides uniformis', rank: 'species' })],
	]);
	expect(model.told('system').join()).toContain(`Last month went from ${from} to ${to}.`);
});

it('tells the model how to find an organism, with nothing that changes anything', () => {
	const told = Object.fromEntries(model.offered().map((tool) => [tool.name, tool.description]));
	expect(Object.keys(told).sort()).toEqual([
		'Get_a_document',
		'Get_many_analyses',
		'Get_many_documents',
		'Get_many_samples',
		'Get_results',
	]);
	expect(told.Get_many_samples).toContain('call Get_results with the sample ID of each');
	expect(told.Get_results).toContain('give a part of its name; an empty answer means');
});
