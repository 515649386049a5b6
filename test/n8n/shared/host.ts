import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { IRun } from 'n8n-workflow';

import type { BinaryDataMode, Credential, OneCodexAccount } from '../host';
import { credentialOf } from '../host';
import { RestClient } from '../rest';
import { account, type Workflow } from '../workflow';
import { filesIn, sharedFolder } from './folder';
import { sharedServer } from './server';

/** What was added to the n8n of a mode, in the order of `SharedHost.added`. */
interface Joined {
	client: RestClient;
	count: number;
}

type Added = { credential: Credential } | { workflow: Workflow };

/**
 * A test file's part of the n8n that the run shares: its credentials, its workflows and a folder for
 * its files. For tests that need no settings of their own and look at nobody's work but theirs.
 */
export class SharedHost {
	private readonly added: Added[] = [];
	private readonly joined = new Map<BinaryDataMode, Promise<Joined>>();

	private constructor(readonly filesFolder: string) {}

	static async create(): Promise<SharedHost> {
		const files = filesIn(sharedFolder() ?? '');
		return new SharedHost(await mkdtemp(join(files, 'of-a-test-')));
	}

	importAccount(oneCodex: OneCodexAccount, as = account): void {
		this.importCredential(credentialOf(oneCodex, as));
	}

	importCredential(credential: Credential): void {
		this.added.push({ credential });
	}

	importWorkflows(...workflows: Workflow[]): void {
		this.added.push(...workflows.map((workflow) => ({ workflow })));
	}

	/** Logged in to an n8n that has what was imported so far. */
	async client(mode: BinaryDataMode = 'filesystem'): Promise<RestClient> {
		let joining = this.joined.get(mode);
		if (joining === undefined) {
			joining = sharedServer(mode).then(({ url, cookie }) => ({
				client: new RestClient(url, cookie),
				count: 0,
			}));
			this.joined.set(mode, joining);
		}
		const joined = await joining;
		while (joined.count < this.added.length) {
			const next = this.added[joined.count++];
			if ('credential' in next) await joined.client.addCredential(next.credential);
			else await joined.client.addWorkflow(next.workflow);
		}
		return joined.client;
	}

	/** Runs a workflow from its manual trigger to its end, be that good or bad. */
	async execute(workflowId: string, mode?: BinaryDataMode): Promise<Pick<IRun, 'status' | 'data'>> {
		const client = await this.client(mode);
		const trigger = this.workflows
			.find(({ id }) => id === workflowId)
			?.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		if (trigger === undefined) throw new Error(`${workflowId} has no manual trigger`);
		return await client.end(await client.start(workflowId, trigger.name));
	}

	/** Leaves nothing behind that would still run by itself. */
	async close(): Promise<void> {
		for (const joining of this.joined.values()) {
			const { client } = await joining;
			for (const { id } of this.workflows) {
				if (client.idOf(id) !== id) await client.archive(id);
			}
		}
	}

	private get workflows(): Workflow[] {
		return this.added.flatMap((each) => ('workflow' in each ? [each.workflow] : []));
	}
}
