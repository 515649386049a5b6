import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { IRun } from 'n8n-workflow';

import { filesOf, sha256 } from '../engine/samples/content';
import { faultsInTurn, isPart, type OneCodexStandIn } from '../onecodex';
import { outputOf } from './run';
import { until } from './until';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

const mib = 1024 * 1024;
const names = ['1_R1.fastq', '2_R1.fastq', '3_R1.fastq'];
const pairOf = (name: string) => [name, name.replace('R1', 'R2')];

/** R2 of the second pair takes a minute, so that n8n can be killed in the middle of it. */
export const slowParts = faultsInTurn(
	isPart,
	...Array.from({ length: 4 }, () => ({ kind: 'slow', bytesPerSecond: mib / 4 }) as const),
);

/** Three pairs, of which a workflow makes samples. */
export class KilledSamples {
	/** By the name of R1: what the sample has to have. */
	private readonly expected = new Map<string, Record<string, string>>();

	constructor(private readonly filesFolder: string) {}

	/** Writes the files, and gives the workflow. What is there already is not to be sent again. */
	async workflow(id: string) {
		const folder = join(this.filesFolder, 'reads');
		await mkdir(folder, { recursive: true });
		for (const [index, name] of names.entries()) {
			const digests: Record<string, string> = {};
			for (const [at, each] of pairOf(name).entries()) {
				const size = index === 1 && at === 1 ? 64 * mib : 10_000;
				const bytes = Buffer.concat([Buffer.from('@'), randomBytes(size)]);
				await writeFile(join(folder, each), bytes);
				digests[each] = sha256(bytes);
			}
			this.expected.set(name, digests);
		}
		const options = { maxConcurrency: 1, ifExists: 'skip' };
		return workflow(
			id,
			chain(
				manualTrigger(),
				readFiles('Read', `${folder}/*`),
				oneCodex('Upload', 'upload', { resource: 'sample', options }),
			),
		);
	}

	/** Waits until the second pair is on its way. */
	async inTheMiddle({ requests }: OneCodexStandIn): Promise<void> {
		await until('the second pair', () => requests.some((each) => isPart(each) && each.bytes > 0));
	}

	/** What a killed n8n leaves: one whole sample, and one that waits for its data. */
	assertHalf({ samples }: OneCodexStandIn): void {
		expect(samples.map(({ filename, status }) => [filename, status])).toEqual([
			[names[0], 'available'],
			[names[1], 'awaiting_data'],
		]);
		expect(samples[1].files).toEqual([]);
	}

	/** All three are there once, byte for byte, though the first came with the run that was killed. */
	assertWhole({ samples }: OneCodexStandIn, run: IRun['data']): void {
		const outputs = outputOf(run, 'Upload').map(({ json }) => json);
		expect(outputs.map(({ filename, skipped = false }) => [filename, skipped])).toEqual([
			[names[0], true],
			[names[1], false],
			[names[2], false],
		]);
		const whole = samples.filter(({ status }) => status !== 'awaiting_data');
		expect(whole.map(({ id }) => id).sort()).toEqual(
			outputs.map(({ sample_id }) => String(sample_id)).sort(),
		);
		for (const sample of whole) {
			expect(filesOf(sample)).toEqual(this.expected.get(String(sample.filename)));
			expect(sample.confirmations).toBe(1);
		}
		// Nobody is left who could drop what the killed one had begun.
		expect(samples).toHaveLength(whole.length + 1);
	}
}
