import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IRun } from 'n8n-workflow';

import { credentialOf, Host, parseRun } from '../n8n/host';
import { environment, n8nCommand } from '../n8n/installation';
import { freePort } from '../n8n/ports';
import type { Workflow } from '../n8n/workflow';
import { run } from './process';
import type { Outcome } from './peers/types';
import type { Account } from './sinkProcess';

/** For the HTTP Request node, which is to do without our package. */
export const basicAuth = { id: 'oneCodexBasicAuth', name: 'One Codex by Basic Auth' };

/** An execution by `n8n execute`: a process of its own from its start to its end. */
export interface Execution extends Outcome {
	run: IRun;
}

/** One installation of n8n with the packed package, for all of the benchmark. */
export class BenchN8n {
	/** Of its own, so that it can be emptied: n8n keeps the files of every execution. */
	private readonly storage: string;

	private constructor(
		private readonly host: Host,
		private readonly signal: AbortSignal,
	) {
		this.storage = join(host.userFolder, 'stored-files');
	}

	static async create(filesFolder: string, signal: AbortSignal): Promise<BenchN8n> {
		return new BenchN8n(await Host.create({ filesFolder, signal }), signal);
	}

	/** Puts this account in place of the one before. */
	async useAccount({ apiKey, baseUrl, s3Endpoint }: Account): Promise<void> {
		await this.host.importCredentials(credentialOf({ apiKey, baseUrl, s3Endpoint }), {
			...basicAuth,
			type: 'httpBasicAuth',
			data: { user: apiKey, password: '' },
		});
	}

	async importWorkflows(...workflows: Workflow[]): Promise<void> {
		await this.host.importWorkflows(...workflows);
	}

	/** @throws Error with n8n's words when the run fails */
	async execute(
		workflowId: string,
		timeout: number,
		env: Record<string, string> = {},
	): Promise<Execution> {
		const options = { ...(await this.options()), timeout, signal: this.signal };
		try {
			const { stdout, ...outcome } = await run(
				[...n8nCommand(), 'execute', `--id=${workflowId}`, '--rawOutput'],
				{ ...options, env: { ...options.env, ...env } },
			);
			const result = parseRun(stdout);
			const { error } = result.data.resultData;
			if (error) throw new Error([error.message, error.description].filter(Boolean).join(' '));
			return { ...outcome, run: result };
		} finally {
			await rm(this.storage, { recursive: true, force: true });
		}
	}

	async close(): Promise<void> {
		await this.host.close();
	}

	private async options() {
		const { userFolder, filesFolder } = this.host;
		return {
			cwd: userFolder,
			env: environment({
				N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
				N8N_PORT: String(await freePort()),
				N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				N8N_STORAGE_PATH: this.storage,
				N8N_USER_FOLDER: userFolder,
			}),
		};
	}
}
