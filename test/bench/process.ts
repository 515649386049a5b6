import { spawn } from 'node:child_process';

import { watchMemory, type MemoryUse } from './memory';

export type Command = [program: string, ...args: string[]];

export interface RunOptions {
	cwd: string;
	env: Record<string, string>;
	/** Milliseconds. */
	timeout: number;
	/** Ends the program when it is aborted. */
	signal?: AbortSignal;
}

/** A program that ran to its end; times in milliseconds since the epoch. */
export interface Ran {
	stdout: string;
	startedAt: number;
	endedAt: number;
	memory: MemoryUse;
}

/** Of what a program said, for an error. */
const LAST_CHARACTERS = 2_000;

/** Runs a program and watches its memory. @throws Error unless it ends well */
export async function run([program, ...args]: Command, options: RunOptions): Promise<Ran> {
	const startedAt = Date.now();
	const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	const stopWatching = child.pid === undefined ? undefined : watchMemory(child.pid);
	let [stdout, stderr] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	try {
		let endedAt = 0;
		child.once('exit', () => (endedAt = Date.now()));
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		});
		if (code !== 0) {
			const said = (stdout + stderr).slice(-LAST_CHARACTERS);
			throw new Error(`${program} ended with ${code ?? child.signalCode}: ${said}`);
		}
		return { stdout, startedAt, endedAt, memory: stopWatching?.() ?? { peak: 0, samples: [] } };
	} finally {
		stopWatching?.();
	}
}
