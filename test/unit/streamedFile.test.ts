import { createHash } from 'node:crypto';

import { StreamedFile } from '../../nodes/OneCodex/upload/streamedFile';
import { uploadForm } from '../../nodes/OneCodex/storage/form';

const source = (bytes: Buffer, size = bytes.length) => {
	const state = { opened: 0, closed: 0 };
	return {
		state,
		binaryPropertyName: 'data',
		size,
		async *read() {
			state.opened++;
			try {
				for (let at = 0; at < bytes.length; at += 10) {
					yield await Promise.resolve(bytes.subarray(at, at + 10));
				}
			} finally {
				state.closed++;
			}
		},
	};
};

const settings = { hash: true, progress: () => undefined };

const read = async (file: File) => {
	const chunks: Uint8Array[] = [];
	for await (const chunk of file.stream()) chunks.push(chunk);
	return Buffer.concat(chunks);
};

describe('the file of the form', () => {
	it('comes last, under its name, with its size, and is read only when it is sent', async () => {
		const bytes = Buffer.from('twenty-five bytes in here');
		const from = source(bytes);
		const form = uploadForm([['key', 'k']], new StreamedFile('a.txt', from, settings));
		expect([...form.keys()]).toEqual(['key', 'file']);
		const file = form.get('file') as File;
		expect([file.name, file.size, from.state.opened]).toEqual(['a.txt', 25, 0]);
		expect(await read(file)).toEqual(bytes);
		expect((file as StreamedFile).md5).toBe(createHash('md5').update(bytes).digest('hex'));
		expect(from.state).toEqual({ opened: 1, closed: 1 });
	});

	it.each([
		['fewer', 30, 'The file gave 25 instead of 30 bytes'],
		['more', 12, 'The file gave more than 12 bytes'],
	])('fails when its source has %s bytes than declared', async (_, size, message) => {
		const file = new StreamedFile(
			'a.txt',
			source(Buffer.from('twenty-five bytes in here'), size),
			settings,
		);
		await expect(read(file)).rejects.toThrow(message);
		expect(file.failure?.message).toBe(message);
	});

	it('closes its source when the transfer ends early', async () => {
		const from = source(Buffer.alloc(100));
		const file = new StreamedFile('a.txt', from, settings);
		await file.stream().getReader().read();
		file.close();
		await new Promise(setImmediate);
		expect(from.state).toEqual({ opened: 1, closed: 1 });
	});

	const MIB = 1024 * 1024;
	const mebibytes = (count: number) => ({
		size: count * MIB,
		async *read() {
			for (let index = 0; index < count; index++) yield await Promise.resolve(Buffer.alloc(MIB));
		},
	});
	const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

	it('goes in small pieces from where a chunk takes as long as one in a second', async () => {
		const file = new StreamedFile('a.bin', mebibytes(12), settings);
		const reader = file.stream().getReader();
		const taken = async () => (await reader.read()).value?.length;
		expect(await taken()).toBe(MIB);
		expect(await taken()).toBe(MIB);
		await pause(1_050);
		for (let piece = 1; piece <= 16; piece++) expect(await taken()).toBe(64 * 1024);
		// The last of them took as long as a slow chunk would in its sixteenth.
		await pause(100);
		for (let piece = 1; piece <= 16; piece++) expect(await taken()).toBe(64 * 1024);
		// A link that is fast again gets whole chunks again.
		const others: Array<number | undefined> = [];
		for (let length = await taken(); length; length = await taken()) others.push(length);
		expect(others).toContain(MIB);
	});

	it.each([
		['as long as it took, where all of it may be in buffers', 8, 1],
		['as long as the buffers took, where it is larger', 24, 0.5],
	])('tells of each piece, and may be quiet at its end for %s', async (_, size, part) => {
		const told: Array<number | undefined> = [];
		const progress = (grace?: number) => void told.push(grace);
		const file = new StreamedFile('a.bin', mebibytes(size), { hash: false, progress });
		const startedAt = performance.now();
		const reader = file.stream().getReader();
		await reader.read();
		await pause(400);
		while (!(await reader.read()).done);
		const took = performance.now() - startedAt;
		expect(told).toHaveLength(size + 1);
		expect(told.slice(0, -1).every((grace) => grace === undefined)).toBe(true);
		expect(told.at(-1)).toBeGreaterThan(400 * part - 5);
		expect(told.at(-1)).toBeLessThanOrEqual(took * part);
		expect(file.md5).toBeUndefined();
	});

	it('may be closed before it is read', () => {
		expect(() => new StreamedFile('a', mebibytes(1), settings).close()).not.toThrow();
	});
});
