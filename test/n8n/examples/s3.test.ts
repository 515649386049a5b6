import { randomBytes } from 'node:crypto';

import { isInit } from '../../onecodex';
import { startS3rver, type S3rver } from '../../s3Server';
import { exampleWorkflow, filledIn } from '../examples';
import { confirmed, sha256Of, type Stored } from '../files';
import { until } from '../until';
import { errorsOf, savingProgress, startExample, type RunningExample } from './running';

jest.setTimeout(600_000);

const example = exampleWorkflow('upload-from-s3');

let s3: S3rver;
let running: RunningExample;
let refusals = 0;

beforeAll(async () => {
	s3 = await startS3rver('your-bucket');
	running = await startExample(
		savingProgress(filledIn(example, { Wait: { amount: 1, unit: 'seconds' } })),
		{ s3: s3.credential },
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
	await s3?.close();
});

/** Puts random bytes into the bucket, and says what has to become of them. */
async function put(key: string, filename: string, size = 30_000): Promise<Stored> {
	const content = randomBytes(size);
	await s3.put(key, content);
	return { filename, size, sha256: sha256Of(content) };
}

const uploaded = () => confirmed(running.service);

it('uploads every object, also from folders, but none that is empty or huge', async () => {
	const table = await put('2026/Übersicht März (1).xlsx', 'Ubersicht_Marz_1.xlsx');
	const pdf = await put('report.pdf', 'report.pdf', 3_000_000);
	await put('empty/', 'empty', 0);
	await put('huge.fastq', 'huge.fastq', 200_000_001);

	await running.run();

	expect(uploaded()).toEqual([pdf, table]);
});

it('next time, uploads what is new or was replaced', async () => {
	const later = await put('runs/later.pdf', 'later.pdf');
	const replaced = await put('report.pdf', 'report.pdf', 3_000_000);

	await running.run();
	expect(uploaded()).toEqual([later, replaced]);

	const before = running.service.requests.length;
	await running.run();
	expect(running.service.requests).toHaveLength(before);
});

it('tries objects again that One Codex refused, and those alone', async () => {
	const objects = [await put('again_1', 'again_1'), await put('again_2', 'again_2')];
	refusals = 3;

	const { resultData } = await running.run();

	expect(uploaded()).toEqual(objects);
	// Both, both again, and the one that was refused twice.
	expect(resultData.runData.Download).toHaveLength(5);
	expect(resultData.runData.Wait).toHaveLength(2);
});

it('tries an object again while the storage is out of reach', async () => {
	const { client } = running;
	refusals = 1;
	const object = await put('late', 'late');

	const execution = await client.start(example.id, 'When clicking Execute workflow');
	await until('the first attempt', () => running.service.requests.length > 0);
	await s3.stop();
	const failures = async () => errorsOf(await client.soFar(execution), 'Download');
	await until('a download fails', async () => (await failures()).length > 0);
	await s3.start();

	await client.result(execution);
	expect(uploaded()).toEqual([object]);
});

it('passes over what One Codex has already, by name and size', async () => {
	running.service.seed({ filename: 'there.pdf', size: 12_345 });
	await put('there.pdf', 'there.pdf', 12_345);

	const { resultData } = await running.run();

	const [upload] = resultData.runData['Upload a document'];
	expect(upload.data?.main[0]?.map(({ json }) => json.skipped)).toEqual([true]);
	expect(uploaded()).toHaveLength(1);
});

it('can be published', async () => {
	await running.client.activate(example.id);
});
