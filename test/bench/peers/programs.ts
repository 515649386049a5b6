import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { environment, root } from '../../n8n/installation';
import { run, type Command, type Ran } from '../process';
import type { Job, Outcome } from './types';

const execute = promisify(execFile);

/** Where scripts/setup.mjs puts what the machine has no package for. */
export const inVenv = (name: string): string => join(root, '.cache', 'python', 'bin', name);

/** The first of these programs that runs with these arguments. */
export async function firstThatRuns(
	programs: string[],
	args: string[],
): Promise<string | undefined> {
	for (const program of programs) {
		const runs = await execute(program, args, { timeout: 30_000 }).then(
			() => true,
			() => false,
		);
		if (runs) return program;
	}
	return undefined;
}

/** A Python that has a module; Debian's before others, which may be a shell script around it. */
export const pythonWith = async (module: string): Promise<string | undefined> =>
	await firstThatRuns(
		['/usr/bin/python3', 'python3', inVenv('python3')],
		['-c', `import ${module}`],
	);

export const folderOf = ({ file }: Job): string => join(file, '..');

/** Runs a program beside the job's file. */
export async function runForJob(
	command: Command,
	job: Job,
	env: Record<string, string> = {},
): Promise<Ran> {
	const { timeout, signal, account } = job;
	return await run(command, {
		cwd: folderOf(job),
		env: { ...environment(), ONE_CODEX_API_KEY: account.apiKey, ...env },
		timeout,
		signal,
	});
}

/** Several programs that ran one after the other are one run. */
export function together(runs: Ran[]): Outcome {
	return {
		startedAt: runs[0].startedAt,
		endedAt: runs[runs.length - 1].endedAt,
		memory: {
			peak: Math.max(...runs.map(({ memory }) => memory.peak)),
			samples: runs.flatMap(({ memory }) => memory.samples),
		},
	};
}

/** What init_upload answers. */
export interface Initiated {
	additional_fields: Record<string, string | number>;
	document_id: string;
	upload_url: string;
}
