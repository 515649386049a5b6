import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { CHUNK_BYTES, CHUNKS_HELD, fileChunks } from '../../nodes/OneCodex/binary/fileChunks';

const CHUNKS = CHUNKS_HELD * 2;
const bytes = randomBytes(CHUNKS * CHUNK_BYTES);

/** What a reader gets, and how many bytes each chunk still has at the end. */
async function read(stream: Readable) {
	const hash = createHash('sha256');
	const chunks: Uint8Array[] = [];
	for await (const chunk of fileChunks(stream)) {
		hash.update(chunk);
		chunks.push(chunk);
		// What a sender may hold has its bytes.
		for (const held of chunks.slice(-CHUNKS_HELD)) expect(held.byteLength).toBeGreaterThan(0);
	}
	return { digest: hash.digest('hex'), left: chunks.map(({ byteLength }) => byteLength) };
}

const sha256 = createHash('sha256').update(bytes).digest('hex');

it('gives back the memory of a file that was read, but for the last chunks', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'chunks-'));
	try {
		const file = join(folder, 'reads.fastq');
		await writeFile(file, bytes);
		const { digest, left } = await read(createReadStream(file, { highWaterMark: CHUNK_BYTES }));
		expect(digest).toBe(sha256);
		// Node.js 20 leaves it to its garbage collector.
		const freed = 'transfer' in ArrayBuffer.prototype ? 0 : CHUNK_BYTES;
		const expected = [
			...Array.from({ length: CHUNKS - CHUNKS_HELD }, () => freed),
			...Array.from({ length: CHUNKS_HELD }, () => CHUNK_BYTES),
		];
		expect(left).toEqual(expected);
	} finally {
		await rm(folder, { recursive: true });
	}
});

it('leaves alone what other streams give, which may be used elsewhere', async () => {
	const whole = Array.from({ length: CHUNKS }, (_, number) =>
		Buffer.from(bytes.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES)),
	);
	const { digest, left } = await read(Readable.from(whole));
	expect(digest).toBe(sha256);
	expect(left).toEqual(whole.map(() => CHUNK_BYTES));
});
