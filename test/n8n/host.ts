import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IRun } from 'n8n-workflow';

import { runCommand, runToSuccess } from './command';
import { environment, n8nCommand } from './installation';
import { installPackage } from './pack';
import { freePort } from './ports';
import { startServer, workerPaths, type Server } from './server';
import { account, type Workflow } from './workflow';

export interface HostOptions {
	/** Kept when it is named, else a temporary one that goes with the host. */
	userFolder?: string;
	/** The folder that workflows may read files from. */
	filesFolder?: string;
	/** Further settings of n8n. */
	settings?: Record<string, string>;
	/** Ends what runs when it is aborted. */
	signal?: AbortSignal;
}

export interface OneCodexAccount {
	apiKey: string;
	baseUrl: string;
	/** Where files go in parts, where it is not Amazon. */
	s3Endpoint?: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
	data: Record<string, string | number | boolean>;
}

export const credentialOf = (
	{ apiKey, baseUrl, s3Endpoint = '' }: OneCodexAccount,
	as = account,
): Credential => ({ ...as, type: 'oneCodexApi', data: { apiKey, baseUrl, s3Endpoint } });

const patientPatterns = `--require=${JSON.stringify(join(__dirname, 'patientPatterns.js'))}`;

/** `default` is n8n's name for in-memory. */
export type BinaryDataMode = 'filesystem' | 'database' | 'default';

/** Raw output is the run as JSON, pretty-printed, after whatever n8n logged. */
export function parseRun(stdout: string, output = stdout): IRun {
	const lines = stdout.split('\n');
	const [first, last] = [lines.indexOf('{'), lines.lastIndexOf('}')];
	if (first < 0) throw new Error(`n8n gave no run:\n${output}`);
	return JSON.parse(lines.slice(first, last + 1).join('\n')) as IRun;
}

/** A user folder of n8n with our package installed, and the commands that work on it. */
export class Host {
	private constructor(
		readonly userFolder: string,
		readonly filesFolder: string,
		private readonly isTemporary: boolean,
		private readonly settings: Record<string, string>,
		private readonly signal?: AbortSignal,
	) {}

	static async create(options: HostOptions = {}): Promise<Host> {
		const { userFolder, filesFolder, settings = {}, signal } = options;
		const folder = userFolder ?? (await mkdtemp(join(await realpath(tmpdir()), 'n8n-host-')));
		const files = filesFolder ?? join(folder, 'files');
		const host = new Host(folder, files, userFolder === undefined, settings, signal);
		await mkdir(files, { recursive: true });
		await installPackage(folder, signal);
		return host;
	}

	/** The same folders, for an n8n with further settings. */
	with(settings: Record<string, string>): Host {
		const all = { ...this.settings, ...settings };
		return new Host(this.userFolder, this.filesFolder, false, all, this.signal);
	}

	async importAccount(oneCodex: OneCodexAccount, as = account): Promise<void> {
		await this.importCredentials(credentialOf(oneCodex, as));
	}

	async importCredentials(...credentials: Credential[]): Promise<void> {
		await this.import('credentials', credentials);
	}

	async importWorkflows(...workflows: Workflow[]): Promise<void> {
		await this.import('workflow', workflows);
	}

	/** Publishes a workflow: a server that starts after it listens for the workflow's triggers. */
	async activate(workflowId: string): Promise<void> {
		await runToSuccess(
			[...n8nCommand(), 'update:workflow', `--id=${workflowId}`, '--active=true'],
			await this.options(),
		);
	}

	/** Runs a workflow to its end, be that good or bad. */
	async execute(workflowId: string, mode?: BinaryDataMode): Promise<IRun> {
		return (await this.executeMeasured(workflowId, mode)).run;
	}

	/** The same, and tells how much memory n8n needed for it, where the system knows. */
	async executeMeasured(
		workflowId: string,
		mode: BinaryDataMode = 'filesystem',
	): Promise<{ run: IRun; peakMemory?: number }> {
		const { stdout, output, peakMemory } = await runCommand(
			[...n8nCommand(), 'execute', `--id=${workflowId}`, '--rawOutput'],
			await this.options(mode),
		);
		return { run: parseRun(stdout, output), peakMemory };
	}

	async start(preferredPort?: number, mode?: BinaryDataMode): Promise<Server> {
		const port = await freePort(preferredPort);
		return await startServer([...n8nCommand(), 'start'], port, await this.options(mode, port));
	}

	/** Starts a worker of queue mode; its URL answers for its health alone. */
	async startWorker(mode?: BinaryDataMode): Promise<Server> {
		const port = await freePort();
		const { env, ...options } = await this.options(mode);
		const health = {
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
		};
		return await startServer(
			[...n8nCommand(), 'worker'],
			port,
			{ ...options, env: { ...env, ...health } },
			workerPaths,
		);
	}

	async close(): Promise<void> {
		if (this.isTemporary) await rm(this.userFolder, { recursive: true, force: true });
	}

	private async import(what: 'credentials' | 'workflow', content: object[]): Promise<void> {
		const file = join(this.userFolder, `import-${what}.json`);
		await writeFile(file, JSON.stringify(content), { mode: 0o600 });
		try {
			const { output } = await runToSuccess(
				[...n8nCommand(), `import:${what}`, `--input=${file}`],
				await this.options(),
			);
			// n8n ends with 0 whatever happened.
			if (!output.includes('Successfully imported')) throw new Error(output);
		} finally {
			await rm(file);
		}
	}

	private async options(mode: BinaryDataMode = 'filesystem', port?: number) {
		return {
			cwd: this.userFolder,
			signal: this.signal,
			env: environment({
				// In n8n 1 the database is one only where it is named.
				N8N_AVAILABLE_BINARY_DATA_MODES: 'filesystem,database',
				N8N_DEFAULT_BINARY_DATA_MODE: mode,
				N8N_PORT: String(port ?? (await freePort())),
				N8N_RESTRICT_FILE_ACCESS_TO: this.filesFolder,
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				N8N_USER_FOLDER: this.userFolder,
				...this.settings,
				NODE_OPTIONS: [patientPatterns, this.settings.NODE_OPTIONS].filter(Boolean).join(' '),
			}),
		};
	}
}
