import { createReadStream } from 'node:fs';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

import type { Size } from './sizes';

/** A file of zeros that takes no room on the disk, under the name that the document's recipes have. */
export async function sparseFile(folder: string, { label, bytes }: Size): Promise<string> {
	const file = join(folder, label, 'report.pdf');
	await mkdir(join(folder, label), { recursive: true });
	await writeFile(file, '');
	await truncate(file, bytes);
	return file;
}

/** Has the system keep a file in its cache: who reads it first would pay for all. */
export async function readThrough(file: string): Promise<void> {
	const chunks = createReadStream(file, { highWaterMark: 2 ** 20 });
	chunks.resume();
	await finished(chunks);
}

/** Many files of a kilobyte. @returns a glob that finds them all */
export async function smallFiles(folder: string, name: string, count: number): Promise<string> {
	await mkdir(join(folder, name), { recursive: true });
	for (let index = 0; index < count; index++) {
		await writeFile(join(folder, name, `item-${index}.txt`), 'x'.repeat(1_000));
	}
	return join(folder, name, '*.txt');
}
