import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import FormData from 'form-data';
import { initUpload, send } from './client';
import { lend, partList } from './s3Client';

jest.setTimeout(60_000);

const MIB = 2 ** 20;

interface Memory {
	/** KiB. */
	maxRss: number;
	stored: string[];
}

let child: ChildProcess;
let standIn: { baseUrl: string; storageUrl: string; apiKey: string };
beforeEach(async () => {
	child = fork(join(__dirname, 'memoryProbe.ts'), { execArgv: ['--import', 'tsx'] });
	[standIn] = (await once(child, 'message')) as [typeof standIn];
});
afterEach(async () => {
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

async function upload(mebibytes: number) {
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

/** The same file, `mebibytes` of it in each part but the last. */
async function uploadInParts(mebibytes: number, partSize: number) {
	const s3 = await lend(standIn);
	const id = await s3.create();
	const parts: Array<[number, string]> = [];
	const chunks = content(mebibytes);
	for (let done = 0; done < mebibytes; done += partSize) {
		const size = Math.min(partSize, mebibytes - done);
		const body = Readable.from(
			(function* () {
				for (let index = 0; index < size; index++) yield chunks.next().value as Buffer;
			})(),
			{ highWaterMark: 1 },
		);
		const headers = { 'content-length': String(size * MIB) };
		const { headers: answered } = await s3.put(id, parts.length + 1, body, { headers });
		parts.push([parts.length + 1, String(answered.etag)]);
	}
	await s3.complete(id, partList(...parts));
	return await s3.callback();
}

function digest(mebibytes: number): string {
	const sha256 = createHash('sha256');
	for (const chunk of content(mebibytes)) sha256.update(chunk);
	return sha256.digest('hex');
}

test('100 MiB are streamed to disk in memory that does not grow with them', async () => {
	expect((await upload(64)).status).toBe(201);
	const before = await ask();
	expect((await upload(100)).status).toBe(201);
	const after = await ask();
	expect(after.stored[1]).toBe(digest(100));
	expect((after.maxRss - before.maxRss) / 1024).toBeLessThan(60);
});

test('so are the parts of a multipart upload, and the object that they become', async () => {
	expect((await uploadInParts(64, 8)).status).toBe(200);
	const before = await ask();
	expect((await uploadInParts(100, 48)).status).toBe(200);
	const after = await ask();
	expect(after.stored[1]).toBe(digest(100));
	expect((after.maxRss - before.maxRss) / 1024).toBeLessThan(60);
});
