import type { IRun } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn, type StandInOptions } from '../../onecodex';
import { launchBrowser } from '../browser';
import { Editor } from '../editor';
import { placeholder } from '../examples';
import { Host, type Credential } from '../host';
import { RestClient } from '../rest';
import { assertSucceeded } from '../run';
import type { Workflow } from '../workflow';

export interface RunningExample {
	service: OneCodexStandIn;
	client: RestClient;
	/** Runs it to success from the manual trigger. */
	run(): Promise<IRun['data']>;
	/** Takes a picture of it in the editor. */
	screenshot(name: string): Promise<void>;
	close(): Promise<void>;
}

/**
 * Imports an example into a real n8n, and starts that.
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
		const host = await Host.create();
		toClose.push(async () => await host.close());
		await host.importAccount(service, placeholder(example, 'oneCodexApi'));
		for (const [type, data] of Object.entries(credentials)) {
			await host.importCredential({ ...placeholder(example, type), type, data });
		}
		await host.importWorkflows(example);
		const server = await host.start();
		toClose.push(async () => await server.stop());
		const client = new RestClient(server.url);
		await client.logIn();
		return {
			service,
			client,
			async run() {
				const data = await client.run(example.id, 'When clicking Execute workflow');
				assertSucceeded(data);
				return data;
			},
			screenshot: async (name) => await takeScreenshot(server.url, example, name),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function takeScreenshot(url: string, { id }: Workflow, name: string): Promise<void> {
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
		page.setDefaultTimeout(60_000);
		const editor = new Editor(page, url);
		await editor.logIn();
		await editor.openWorkflow(id);
		await editor.screenshot(name);
	} finally {
		await browser.close();
	}
}
