import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { StoredObject } from '../onecodex';

export const mib = 2 ** 20;
export const gib = 2 ** 30;

export const inMib = (bytes: number) => `${Math.round(bytes / mib)} MiB`;

/** Makes a stored object one of so many MiB, each of which differs from the others. */
export async function makeLarge(object: StoredObject, mebibytes: number): Promise<void> {
	const block = randomBytes(mib);
	const digest = createHash('sha256');
	const file = await open(object.path, 'w');
	for (let number = 0; number < mebibytes; number++) {
		block.writeUInt32LE(number);
		digest.update(block);
		await file.write(block);
	}
	await file.close();
	object.size = mebibytes * mib;
	object.sha256 = digest.digest('hex');
}

/** Of a file of any size. */
export async function streamedSha256(path: string): Promise<string> {
	const digest = createHash('sha256');
	await pipeline(createReadStream(path, { highWaterMark: mib }), digest);
	return digest.digest('hex');
}

/** The path of a file in n8n's binary store, found by its name: where the store lies is n8n's affair. */
export async function inStore(userFolder: string, binaryId: unknown): Promise<string> {
	const name = String(binaryId).split('/').at(-1);
	const entries = await readdir(userFolder, { recursive: true, withFileTypes: true });
	const found = entries.find((entry) => entry.isFile() && entry.name === name);
	if (!found) throw new Error(`n8n's binary store has no ${String(binaryId)}`);
	return join(found.parentPath, found.name);
}

/** Expects n8n to have needed hardly more for a file of 1 GiB than for one of 1 MiB. */
export function expectFlat(small: number | undefined, large: number | undefined): void {
	if (small === undefined || large === undefined) {
		console.log('Memory was not compared: this system has no /proc that tells it.');
		return;
	}
	console.log(
		`Peak of n8n's memory: ${inMib(small)} for 1 MiB, ${inMib(large)} for 1 GiB, ` +
			`${inMib(large - small)} more`,
	);
	expect(large - small).toBeLessThan(200 * mib);
}
