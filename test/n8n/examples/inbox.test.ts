import { chmod, chown, mkdir, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser } from 'playwright-core';

import { filesOf, gzipped, sha256 } from '../../engine/samples/content';
import { isSampleInit, type SampleSteps, type StandInSample } from '../../onecodex';
import recorded from '../../onecodex/recorded/results.json';
import { launchBrowser } from '../browser';
import { hasCombinedBinaryMode } from '../differences';
import { screenshotPath } from '../editor';
import { exampleWorkflow, filledIn } from '../examples';
import { startAiosmtpd, type MailServer } from '../servers/aiosmtpd';
import { startSshd, type SftpServer } from '../servers/sshd';
import { until } from '../until';
import { received, rowsOf, type ReceivedMail } from './received';
import { startExample, type RunningExample } from './running';

jest.setTimeout(600_000);

const example = exampleWorkflow('sequencer-to-inbox');

/** The columns of the table and of the spreadsheet. */
const COLUMNS = ['Organism', 'Tax ID', 'Reads', 'Abundance %'];

let sftp: SftpServer;
let mail: MailServer;
let running: RunningExample;
let browser: Browser;
let projectId: string;
let steps: (sample: StandInSample) => SampleSteps = () => ({});
/** How many e-mails the tests have looked at. */
let seen = 0;

beforeAll(async () => {
	sftp = await startSshd();
	mail = await startAiosmtpd();
	browser = await launchBrowser();
	running = await startExample(
		example,
		{ sftp: sftp.credential, smtp: mail.credential },
		{ sampleSteps: (sample) => steps(sample) },
	);
	projectId = running.service.seedProject({ name: 'Gut' }).id;
	await running.client.changeWorkflow(filled());
});

beforeEach(() => {
	steps = () => ({});
});

afterAll(async () => {
	await running?.close();
	await browser?.close();
	await mail?.close();
	await sftp?.close();
});

/** With what its note asks for. */
const filled = () =>
	filledIn(example, {
		'List files': { path: sftp.folder },
		'Every 15 minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
		'Upload the pair': { projectId: { __rl: true, mode: 'id', value: projectId } },
	});

/** Puts a file into the folder, as the sequencer does, by default some time ago. */
async function put(name: string, minutesAgo = 10, content = gzipped()): Promise<Buffer> {
	const path = join(sftp.folder, name);
	await writeFile(path, content);
	const { uid, gid } = await stat(sftp.folder);
	await chown(path, uid, gid);
	const written = Date.now() / 1_000 - minutesAgo * 60;
	await utimes(path, written, written);
	return content;
}

const namesOf = (pair: string) => ['R1', 'R2'].map((read) => `${pair}_${read}.fastq.gz`);

async function putPair(pair: string) {
	const names = namesOf(pair);
	const [first, second] = [await put(names[0]), await put(names[1])];
	return { names, sha256: { [names[0]]: sha256(first), [names[1]]: sha256(second) } };
}

const samples = () => running.service.samples;
const sampleOf = (pair: string) =>
	samples().find(({ filename }) => filename === `${pair}_R1.fastq.gz`);

/** What lies in a folder on the server, with the folders in it. */
const lyingIn = async (folder = '') => {
	const paths = await readdir(join(sftp.folder, folder), { recursive: true });
	return paths.filter((path) => path.endsWith('.gz')).sort();
};

/** Moves the files of a folder back to where they came from, as a person does. */
async function moveBack(folder: string): Promise<void> {
	for (const path of await lyingIn(folder)) {
		await rename(join(sftp.folder, folder, path), join(sftp.folder, basename(path)));
	}
}

/** The e-mails that came since the last look, once there are so many. */
async function newMails(count: number): Promise<ReceivedMail[]> {
	await until(`${count} new e-mails`, async () => (await mail.messages()).length >= seen + count);
	const mails = (await mail.messages()).slice(seen);
	seen += mails.length;
	expect(mails).toHaveLength(count);
	return await Promise.all(mails.map(received));
}

/** The cells of an e-mail's table, as its reader sees them, and a picture of it. */
async function tableOf({ html }: ReceivedMail, screenshot: string): Promise<string[][]> {
	const page = await browser.newPage({ viewport: { width: 800, height: 500 } });
	await page.setContent(html);
	await page.screenshot({ path: screenshotPath(screenshot) });
	const rows = await page.locator('table tr').all();
	const cells = await Promise.all(
		rows.map(async (row) => await row.locator('th, td').allInnerTexts()),
	);
	// What is no table, paragraph or line of it came out of a name.
	expect(await page.locator('table img, table script, table b').count()).toBe(0);
	await page.close();
	return cells;
}

it('a pair becomes a sample of its project, and the answer a table and a spreadsheet', async () => {
	const pair = '2026-11-03_patient-012_stool';
	const files = await putPair(pair);

	const { resultData } = await running.run();

	const [sample, ...others] = samples();
	expect(others).toEqual([]);
	expect(filesOf(sample)).toEqual(files.sha256);
	expect(sample).toMatchObject({
		projectId,
		metadata: {
			name: 'patient-012, stool',
			external_sample_id: 'patient-012',
			sample_type: 'Metagenomic',
			date_collected: expect.stringMatching(/^2026-11-0[23]T/),
			custom: { material: 'stool' },
		},
	});
	const [answer] = await newMails(1);
	expect(answer.subject).toBe(`${pair}: Bacteroides uniformis`);
	expect(answer.html).toContain(sample.id);
	const table = await tableOf(answer, 'inbox-answer');
	const rows = [
		['Bacteroides uniformis', '2', '88.2'],
		['Roseburia faecis', '5', '6.3'],
		['Clostridium sp. AT4', '6', '5.5'],
	];
	expect(table[0]).toEqual(COLUMNS);
	expect(table.slice(1).map(([name, , reads, share]) => [name, reads, share])).toEqual(rows);
	const [spreadsheet, ...more] = answer.attachments;
	expect(more).toEqual([]);
	expect(spreadsheet.filename).toBe(`${pair}.xlsx`);
	expect(rowsOf(spreadsheet.content)).toEqual(
		table.slice(1).map(([name, taxId, reads, share]) => ({
			Organism: name,
			'Tax ID': taxId,
			Reads: Number(reads),
			'Abundance %': Number(share),
		})),
	);
	expect(resultData.runData['Tell what failed']).toBeUndefined();
	const [folder] = await readdir(join(sftp.folder, 'done'));
	expect(folder).toMatch(new RegExp(`^${pair}_\\d+$`));
	expect(await lyingIn('done')).toEqual(files.names.map((name) => join(folder, name)));
	expect(await readdir(join(sftp.folder, 'taken'))).toEqual([]);
});

it('the next time, nothing is uploaded twice, not even what somebody puts there again', async () => {
	const before = running.service.requests.length;
	await running.run();
	expect(running.service.requests).toHaveLength(before);

	await moveBack('done');
	await running.run();

	expect(samples()).toHaveLength(1);
	expect(running.service.requests.filter(isSampleInit)).toHaveLength(1);
	const [answer] = await newMails(1);
	expect(answer.html).toContain(samples()[0].id);
	expect(await lyingIn('done')).toHaveLength(2);
});

it('leaves what is not ready, is half a pair, or is named in another way', async () => {
	const lying = [
		'2026-11-03_half_stool_R1.fastq.gz',
		'2026-11-03_late_stool_R1.fastq.gz',
		'2026-11-03_late_stool_R2.fastq.gz',
		'2026-11-03_no-material_R1.fastq.gz',
		'2026-11-03_no-material_R2.fastq.gz',
		'<b>_patient_stool_R1.fastq.gz',
		'<b>_patient_stool_R2.fastq.gz',
	];
	for (const name of lying) await put(name, name.endsWith('late_stool_R2.fastq.gz') ? 1 : 10);
	await put('2026-11-03_empty_stool_R1.fastq.gz', 10, Buffer.alloc(0));
	await put('2026-11-03_empty_stool_R2.fastq.gz');
	await mkdir(join(sftp.folder, '2026-11-03_folder_stool_R1.fastq.gz'));
	const before = running.service.requests.length;

	await running.run();

	expect(running.service.requests).toHaveLength(before);
	expect(await lyingIn()).toEqual(expect.arrayContaining(lying));
});

it('a name of an organism is text and nothing else; where none was found, the e-mail says so', async () => {
	const [hostile, empty] = ['2026-11-04_hostile_swab', '2026-11-04_empty_isolate'];
	await putPair(hostile);
	await putPair(empty);
	const name = '<img src=x onerror=alert(1)> & "<b>Bacillus</b>"';
	const [row] = recorded.classification.table.filter(({ rank }) => rank === 'species');
	// Until its results are known.
	steps = () => ({ classifying: Infinity });
	const run = running.run();
	for (const [pair, table] of [
		[hostile, [{ ...row, name, abundance: null, abundance_w_children: null }]],
		[empty, []],
	] as const) {
		await until(`${pair} is being classified`, () => sampleOf(pair)?.classificationId != null);
		const sample = sampleOf(pair)!;
		const analysis = running.service.analysis(sample.classificationId!);
		analysis.results = { ...recorded.classification, table };
		sample.advance();
	}
	await run;

	const mails = await newMails(2);
	const of = (pair: string) => mails.find(({ subject }) => subject.startsWith(pair))!;
	const [, [organism, , reads, abundance]] = await tableOf(of(hostile), 'inbox-hostile');
	expect([organism, reads, abundance]).toEqual([name, '6', '']);
	expect(of(empty).subject).toBe(`${empty}: No organisms found`);
	expect(await tableOf(of(empty), 'inbox-empty')).toEqual([
		COLUMNS,
		['No organisms found', '', '0', ''],
	]);
	expect(sampleOf(empty)?.metadata).toMatchObject({ sample_type: 'Isolate' });
});

it('what fails is told, and holds up nothing else; its files can be moved back', async () => {
	const day = '2026-11-05';
	for (const name of ['broken', 'locked', 'invalid', 'unclassified', 'good']) {
		await putPair(`${day}_${name}_water`);
	}
	const broken = namesOf(`${day}_broken_water`);
	await put(broken[1], 10, Buffer.from('<html>Please log in</html>'));
	await chmod(join(sftp.folder, namesOf(`${day}_locked_water`)[1]), 0);
	steps = ({ filename }) => {
		if (filename?.includes('invalid')) return { fails: 'validation', errorMsg: 'No reads in it' };
		return filename?.includes('unclassified') ? { fails: 'classification' } : {};
	};

	await running.run();

	const mails = await newMails(5);
	const failed = mails.filter(({ subject }) => subject.startsWith('Not in One Codex'));
	const [good, ...others] = mails.filter((each) => !failed.includes(each));
	expect(others).toEqual([]);
	expect(good.subject).toBe(`${day}_good_water: Bacteroides uniformis`);
	const about = (name: string) => failed.find(({ text }) => text.includes(name))?.text;
	expect(about('has no reads in it')).toContain(broken[1]);
	expect(about('has no reads in it')).toContain('Sample: none yet');
	expect(about('Permission denied')).toContain('Sample: none yet');
	expect(about('No reads in it')).toContain(sampleOf(`${day}_invalid_water`)?.id);
	expect(about('classification of the sample failed')).toContain(
		sampleOf(`${day}_unclassified_water`)?.id,
	);
	expect((await lyingIn('failed')).map((path) => basename(path))).toEqual([
		...broken,
		...namesOf(`${day}_locked_water`),
	]);
	expect(await readdir(join(sftp.folder, 'taken'))).toEqual([]);

	await chmod(
		join(
			sftp.folder,
			'failed',
			(await lyingIn('failed')).find((path) => path.endsWith('locked_water_R2.fastq.gz'))!,
		),
		0o644,
	);
	await moveBack('failed');
	await put(broken[1]);
	await running.run();
	expect((await newMails(2)).map(({ subject }) => subject).sort()).toEqual([
		`${day}_broken_water: Bacteroides uniformis`,
		`${day}_locked_water: Bacteroides uniformis`,
	]);
});

it('a pair becomes a sample, and is answered, in the combined binary mode, too', async () => {
	await running.client.changeWorkflow({
		...filled(),
		settings: { ...example.settings, binaryMode: 'combined' },
	});
	const pair = '2026-11-05_patient-014_stool';
	const files = await putPair(pair);

	await running.run();

	expect(filesOf(sampleOf(pair)!)).toEqual(files.sha256);
	const [answer] = await newMails(1);
	expect(answer.subject).toBe(`${pair}: Bacteroides uniformis`);
	expect(answer.html).toContain(sampleOf(pair)!.id);
	// n8n's own Send Email attaches no files that are in the JSON.
	const attached = hasCombinedBinaryMode ? [] : [`${pair}.xlsx`];
	expect(answer.attachments.map(({ filename }) => filename)).toEqual(attached);
	expect(await lyingIn('taken')).toEqual([]);

	await running.client.changeWorkflow(filled());
});

it('does it on schedule once it is active, and tells when a run fails as a whole', async () => {
	await running.client.activate(example.id);
	await putPair('2026-11-06_patient-013_stool');
	const [answer] = await newMails(1);
	expect(answer.subject).toBe('2026-11-06_patient-013_stool: Bacteroides uniformis');

	await sftp.stop();
	await until('an e-mail', async () => (await mail.messages()).length > seen);
	const [failure] = await Promise.all((await mail.messages()).slice(seen).map(received));
	expect(failure.subject).toContain('List files');
	expect(failure.text).toContain('ECONNREFUSED');
	expect(failure.text).toMatch(/Execution of n8n: http\S+\/executions?\/\d+/);
});
