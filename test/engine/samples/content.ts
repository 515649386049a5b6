import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { StandInSample } from '../../onecodex';

/** Reads in FASTQ, of about so many bytes. */
export function fastq(bytes = 400): Buffer {
	const letters = randomBytes(Math.ceil(bytes / 2))
		.toString('hex')
		.replace(/./g, (hex) => 'ACGT'[parseInt(hex, 16) % 4]);
	return Buffer.from(`@read\n${letters}\n+\n${'I'.repeat(letters.length)}\n`);
}

export const gzipped = (bytes = 400): Buffer => gzipSync(fastq(bytes));

export const sha256 = (...parts: Buffer[]): string =>
	createHash('sha256').update(Buffer.concat(parts)).digest('hex');

/** What a sample has got, by the names of its files. */
export function filesOf({ filename, pairedEndFilename, files }: StandInSample) {
	return {
		[String(filename)]: files[0]?.sha256,
		...(pairedEndFilename && { [pairedEndFilename]: files[1]?.sha256 }),
	};
}
