import { setTimeout as delay } from 'node:timers/promises';
import type { IRun } from 'n8n-workflow';

import { parseFlatted } from './flatted';

/** The first user of an instance; a local address, not a secret. */
export const owner = {
	email: 'owner@example.com',
	password: 'OneCodex-1',
	firstName: 'Owner',
	lastName: 'Example',
};

const runTimeout = 300_000;

interface Execution {
	status: IRun['status'];
	data: string;
}

/** What the editor does, without the editor: log in, run, read. */
export class RestClient {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** Makes the owner, or logs in when there already is one. */
	async logIn(): Promise<void> {
		const made = await this.send('POST', '/owner/setup', owner);
		if (made.ok) return;
		const { email, password } = owner;
		const answer = await this.send('POST', '/login', { emailOrLdapLoginId: email, password });
		if (!answer.ok) throw new Error(`n8n refused the log-in of ${email}: ${await answer.text()}`);
	}

	/** Begins to run a workflow, and gives the execution's ID. */
	async start(workflowId: string, triggerName: string): Promise<string> {
		const body = { triggerToStartFrom: { name: triggerName } };
		const { executionId } = await this.data<{ executionId: string }>(
			await this.send('POST', `/workflows/${workflowId}/run`, body),
		);
		return executionId;
	}

	/** What the editor's stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.data(await this.send('POST', `/executions/${executionId}/stop`));
	}

	async run(workflowId: string, triggerName: string): Promise<IRun['data']> {
		const executionId = await this.start(workflowId, triggerName);
		for (const deadline = Date.now() + runTimeout; Date.now() < deadline; await delay(250)) {
			const { status, data } = await this.data<Execution>(
				await this.send('GET', `/executions/${executionId}`),
			);
			if (!['new', 'running', 'waiting'].includes(status)) {
				return parseFlatted(data) as IRun['data'];
			}
		}
		throw new Error(`Execution ${executionId} did not end`);
	}

	private async data<T>(answer: Response): Promise<T> {
		if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
		return ((await answer.json()) as { data: T }).data;
	}

	private async send(method: string, path: string, body?: object): Promise<Response> {
		const answer = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			body: body && JSON.stringify(body),
		});
		const cookies = answer.headers.getSetCookie();
		if (cookies.length > 0) this.cookie = cookies.map((each) => each.split(';')[0]).join('; ');
		return answer;
	}
}
