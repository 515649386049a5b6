import type { IDataObject, INode } from 'n8n-workflow';

import type { OneCodexStandIn } from '../../onecodex';
import { credentialOf, Host, type OneCodexAccount } from '../host';
import { RestClient } from '../rest';
import type { Server } from '../server';
import { Watched } from './watched';

/** An n8n of a test's own, with workflows that the trigger starts. */
export class Instance {
	private watching: Watched[] = [];

	private constructor(
		private readonly service: OneCodexStandIn,
		private readonly host: Host,
		private server: Server,
		private readonly client: RestClient,
	) {}

	/**
	 * @param settings further settings of n8n
	 * @param account where it finds One Codex; by default the service itself
	 */
	static async start(
		service: OneCodexStandIn,
		settings: Record<string, string> = {},
		account: OneCodexAccount = service,
	): Promise<Instance> {
		const host = await Host.create({ settings });
		const server = await host.start();
		const client = new RestClient(server.url);
		await client.logIn();
		await client.addCredential(credentialOf(account));
		return new Instance(service, host, server, client);
	}

	/**
	 * Begins to watch with an active workflow.
	 *
	 * @param beside another trigger of the same workflow
	 */
	async watch(
		id: string,
		event: string,
		parameters: IDataObject = {},
		beside?: INode,
	): Promise<Watched> {
		const { client, service } = this;
		const watched = await Watched.begin(id, event, { client, service, beside }, parameters);
		this.watching.push(watched);
		return watched;
	}

	/** Ends all workflows, so that the next test sees no polls but its own. */
	async rest(): Promise<void> {
		for (const { id } of this.watching) await this.client.archive(id);
		this.watching = [];
	}

	/** SIGKILL, and what is done before the next start. */
	async killed(meanwhile: () => void): Promise<void> {
		await this.server.kill();
		meanwhile();
		this.server = await this.host.start();
		this.client.url = this.server.url;
		await this.client.logIn();
	}

	async close(): Promise<void> {
		await this.server.stop();
		await this.host.close();
	}
}

export const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
