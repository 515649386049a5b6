import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { watchPeakMemory } from './memory';

export interface CommandResult {
	exitCode: number | null;
	stdout: string;
	/** Both streams, one after the other. */
	output: string;
	/** The most bytes that the process had in memory; undefined where the system does not tell. */
	peakMemory?: number;
}

export interface CommandOptions {
	cwd: string;
	env: Record<string, string>;
	/** Ends the command when it is aborted. */
	signal?: AbortSignal;
}

/** No command of ours takes longer; one that hangs must not hang the run. */
const timeout = 300_000;

export async function runCommand(
	[command, ...args]: [string, ...string[]],
	options: CommandOptions,
): Promise<CommandResult> {
	// A file takes all at once, a pipe does not, and n8n ends without waiting for one.
	const folder = await mkdtemp(join(tmpdir(), 'command-'));
	const path = join(folder, 'stdout');
	try {
		const file = await open(path, 'w');
		const child = spawn(command, args, {
			...options,
			timeout,
			stdio: ['ignore', file.fd, 'pipe'],
		});
		const peakMemory = watchPeakMemory(child);
		let stderr = '';
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		const exitCode = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		}).finally(async () => await file.close());
		const stdout = await readFile(path, 'utf8');
		return { exitCode, stdout, output: stdout + stderr, peakMemory: peakMemory() };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

export async function runToSuccess(
	command: [string, ...string[]],
	options: CommandOptions,
): Promise<CommandResult> {
	const result = await runCommand(command, options);
	if (result.exitCode !== 0) {
		throw new Error(`${command.join(' ')} ended with ${result.exitCode}:\n${result.output}`);
	}
	return result;
}
