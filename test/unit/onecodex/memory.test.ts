import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import FormData from 'form-data';
import { initUpload, send } from './client';

jest.setTimeout(60_000);

const MIB = 2 ** 20;

interface Memory {
	/** KiB. */
	maxRss: number;
	stored: string[];
}

let child: ChildProcess;
beforeAll(() => {
	child = fork(join(__dirname, 'memoryProbe.ts'), { execArgv: ['--import', 'tsx'] });
});
afterAll(async () => {
	const exited = once(child, 'exit');
	child.disconnect();
	await exited;
});

async function ask(): Promise<Memory> {
	const answered = once(child, 'message');
	child.send('memory');
	return ((await answered) as [Memory])[0];
}

/** A file that is never whole anywhere: `mebibytes` of them, each filled with its own number. */
function* content(mebibytes: number): Generator<Buffer> {
	for (let index = 0; index < mebibytes; index++) yield Buffer.alloc(MIB, index);
}

async function upload(standIn: { baseUrl: string; apiKey: string }, mebibytes: number) {
	const size = mebibytes * MIB;
	const initiated = await initUpload(standIn, 'reads.fastq', size);
	const form = new FormData();
	for (const [name, value] of Object.entries(initiated.additional_fields)) form.append(name, value);
	const source = Readable.from(content(mebibytes), { highWaterMark: 1 });
	form.append('file', source, { filename: 'reads.fastq', knownLength: size });
	const headers = { ...form.getHeaders(), 'Content-Length': form.getLengthSync() };
	const body = form.pipe(new PassThrough());
	return await send(initiated.upload_url, { method: 'POST', headers, body });
}

test('100 MiB are streamed to disk in memory that does not grow with them', async () => {
	const [standIn] = (await once(child, 'message')) as [{ baseUrl: string; apiKey: string }];
	expect((await upload(standIn, 64)).status).toBe(201);
	const before = await ask();
	expect((await upload(standIn, 100)).status).toBe(201);
	const after = await ask();

	const sha256 = createHash('sha256');
	for (const chunk of content(100)) sha256.update(chunk);
	expect(after.stored[1]).toBe(sha256.digest('hex'));
	expect((after.maxRss - before.maxRss) / 1024).toBeLessThan(60);
});
