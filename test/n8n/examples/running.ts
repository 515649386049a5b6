import type { IRun } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn, type StandInOptions } from '../../onecodex';
import { placeholder } from '../examples';
import type { Credential } from '../host';
import type { RestClient } from '../rest';
import { assertSucceeded } from '../run';
import { SharedHost } from '../shared/host';
import type { Workflow } from '../workflow';

/** What the files of a node failed with, in all its runs so far. */
export const errorsOf = (run: Partial<IRun['data']>, node: string): string[] =>
	(run.resultData?.runData?.[node] ?? [])
		.flatMap(({ data }) => data?.main[1] ?? [])
		.map(({ json }) => String(json.error));

/** The workflow, telling what it did while it still runs. */
export const savingProgress = (workflow: Workflow): Workflow => ({
	...workflow,
	settings: { ...workflow.settings, saveExecutionProgress: true },
});

export interface RunningExample {
	service: OneCodexStandIn;
	client: RestClient;
	/** Runs it to success from the manual trigger. */
	run(): Promise<IRun['data']>;
	close(): Promise<void>;
}

/**
 * Imports an example into a real n8n.
 *
 * @param credentials the data by type, kept under the ID that the example has for them
 */
export async function startExample(
	example: Workflow,
	credentials: Record<string, Credential['data']>,
	options?: StandInOptions,
): Promise<RunningExample> {
	const toClose: Array<() => Promise<void>> = [];
	const close = async () => {
		while (toClose.length > 0) await toClose.pop()?.();
	};
	try {
		const service = await startOneCodex(options);
		toClose.push(async () => await service.close());
		const host = await SharedHost.create();
		toClose.push(async () => await host.close());
		const account = { ...service, s3Endpoint: service.storageUrl };
		host.importAccount(account, placeholder(example, 'oneCodexApi'));
		for (const [type, data] of Object.entries(credentials)) {
			host.importCredential({ ...placeholder(example, type), type, data });
		}
		host.importWorkflows(example);
		const client = await host.client();
		return {
			service,
			client,
			async run() {
				const data = await client.run(example.id, 'When clicking Execute workflow');
				assertSucceeded(data);
				return data;
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
