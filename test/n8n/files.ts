import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { OneCodexStandIn } from '../onecodex';

export interface Stored {
	filename: string;
	size: number;
	sha256: string | undefined;
}

/** In hex. */
export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Of a file that fits into memory. */
export const sha256 = async (path: string): Promise<string> => sha256Of(await readFile(path));

/** Writes random bytes, and says what has to be in One Codex once they are uploaded. */
export async function writeRandomFile(folder: string, name: string, size: number): Promise<Stored> {
	const path = join(folder, name);
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, randomBytes(size));
	return { filename: basename(name), size, sha256: await sha256(path) };
}

const byName = (one: Stored, other: Stored) => one.filename.localeCompare(other.filename);

export const sorted = (files: Stored[]): Stored[] => [...files].sort(byName);

/** The confirmed documents, by name. */
export const confirmed = ({ documents }: OneCodexStandIn): Stored[] =>
	sorted(
		documents
			.filter(({ state }) => state === 'confirmed')
			.map(({ filename, size, object }) => ({ filename, size, sha256: object?.sha256 })),
	);
