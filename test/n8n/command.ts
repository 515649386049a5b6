import { spawn } from 'node:child_process';

import { watchPeakMemory } from './memory';

export interface CommandResult {
	exitCode: number | null;
	stdout: string;
	/** Both streams, as they came. */
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
	const child = spawn(command, args, { ...options, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
	const peakMemory = watchPeakMemory(child);
	let stdout = '';
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const exitCode = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	return { exitCode, stdout, output, peakMemory: peakMemory() };
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
