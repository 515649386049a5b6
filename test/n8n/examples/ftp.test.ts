import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isInit } from '../../onecodex';
import { exampleWorkflow, filledIn } from '../examples';
import { confirmed, writeRandomFile } from '../files';
import { outputOf } from '../run';
import { startVsftpd, type FtpServer } from '../servers/vsftpd';
import { until } from '../until';
import { errorsOf, savingProgress, startExample, type RunningExample } from './running';

jest.setTimeout(600_000);

const example = exampleWorkflow('upload-new-files-from-ftp');

let ftp: FtpServer;
let running: RunningExample;
let refusals = 0;

beforeAll(async () => {
	ftp = await startVsftpd();
	const filled = filledIn(example, {
		'List files': { path: ftp.folder },
		'Every hour': { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } },
		Wait: { amount: 1, unit: 'seconds' },
	});
	running = await startExample(
		savingProgress(filled),
		{ ftp: ftp.credential },
		{
			faults: (request) =>
				isInit(request) && refusals-- > 0 ? { kind: 'status', status: 403 } : undefined,
		},
	);
});

beforeEach(() => {
	refusals = 0;
	running.service.reset();
});

afterAll(async () => {
	await running?.close();
	await ftp?.close();
});

const write = async (name: string, size = 30_000) => await writeRandomFile(ftp.folder, name, size);
const uploaded = () => confirmed(running.service);

it('uploads what is there; no folder, and no file that is empty, unfinished or old', async () => {
	const pdf = await write('report.pdf');
	const table = await write('Übersicht März.xlsx');
	await mkdir(join(ftp.folder, 'folder'));
	await writeFile(join(ftp.folder, 'empty.csv'), '');
	await write('reads.fastq.part');
	await write('old.csv');
	const long = Date.now() / 1_000 - 200 * 86_400;
	await utimes(join(ftp.folder, 'old.csv'), long, long);

	await running.run();

	expect(uploaded()).toEqual([pdf, { ...table, filename: 'Ubersicht_Marz.xlsx' }]);
});

it('next time, uploads what is new or was changed, and nothing else', async () => {
	const later = await write('later.pdf');
	const changed = await write('report.pdf', 31_000);

	await running.run();
	expect(uploaded()).toEqual([later, changed]);

	const before = running.service.requests.length;
	await running.run();
	expect(running.service.requests).toHaveLength(before);
});

it('tries files again that One Codex refused, and those alone', async () => {
	const files = [
		await write('again_1.pdf'),
		await write('again_2.pdf'),
		await write('again_3.pdf'),
	];
	refusals = 4;

	const { resultData } = await running.run();

	expect(uploaded()).toEqual(files);
	// All three, all three again, and the one that was refused twice.
	expect(resultData.runData.Download).toHaveLength(7);
	expect(resultData.runData.Wait).toHaveLength(2);
});

it('tries a file again that could not be read, and while the server is out of reach', async () => {
	const { client } = running;
	const files = [await write('hidden.pdf'), await write('readable.pdf')];
	const hidden = join(ftp.folder, 'hidden.pdf');
	await chmod(hidden, 0);

	const execution = await client.start(example.id, 'When clicking Execute workflow');
	await until('the upload of the other file', () => uploaded().length === 1);
	expect(uploaded()).toEqual([files[1]]);

	await ftp.stop();
	await until('a download finds no server', async () =>
		errorsOf(await client.soFar(execution), 'Download').some((text) => text.includes('REFUSED')),
	);
	await ftp.start();
	await chmod(hidden, 0o644);

	const run = await client.result(execution);
	expect(uploaded()).toEqual(files);
	expect(errorsOf(run, 'Download')).toEqual(
		expect.arrayContaining(['Failed to open file.', expect.stringContaining('ECONNREFUSED')]),
	);
	expect(outputOf(await running.run(), 'Only new files')).toEqual([]);
});

it('passes over what One Codex has already, by name and size', async () => {
	running.service.seed({ filename: 'there.pdf', size: 12_345 });
	await write('there.pdf', 12_345);

	const { resultData } = await running.run();

	const [upload] = resultData.runData['Upload a document'];
	expect(upload.data?.main[0]?.map(({ json }) => json.skipped)).toEqual([true]);
	expect(uploaded()).toHaveLength(1);
});

it('does it on schedule, once it is active', async () => {
	await running.client.activate(example.id);
	const first = await write('by_itself_1.pdf');
	await until('the first upload', () => uploaded().length === 1);
	const second = await write('by_itself_2.pdf');
	await until('the second upload', () => uploaded().length === 2);

	expect(uploaded()).toEqual([first, second]);
});
