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
	id: string;
	status: IRun['status'];
	data: string;
}

const hasEnded = ({ status }: Execution) => !['new', 'running', 'waiting'].includes(status);

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
		const workflow = `/workflows/${workflowId}`;
		// n8n 1 wants to be told what it has stored.
		const workflowData = await this.data<object>(await this.send('GET', workflow));
		const body = { workflowData, triggerToStartFrom: { name: triggerName } };
		const { executionId } = await this.data<{ executionId: string }>(
			await this.send('POST', `${workflow}/run`, body),
		);
		return executionId;
	}

	/** What the editor's stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.data(await this.send('POST', `/executions/${executionId}/stop`));
	}

	/** What the retry button of the list of executions does: goes on with the node that failed. */
	async retry(executionId: string): Promise<IRun['status']> {
		return (await this.retryAs(executionId, true)).status;
	}

	/** The same, with the workflow as it is now or as it was, and what the new execution did. */
	async retryAs(executionId: string, loadWorkflow: boolean) {
		const path = `/executions/${executionId}/retry`;
		const { id, status } = await this.data<Execution>(
			await this.send('POST', path, { loadWorkflow }),
		);
		return { id, status, data: await this.result(id) };
	}

	/** Lets the workflow's triggers start it from now on. */
	async activate(workflowId: string): Promise<void> {
		const path = `/workflows/${workflowId}`;
		const { versionId } = await this.data<{ versionId: string }>(await this.send('GET', path));
		await this.data(await this.send('POST', `${path}/activate`, { versionId }));
	}

	/** What the editor's test says of changes to a stored credential, before they are saved. */
	async testCredential(
		id: string,
		type: string,
		data: Record<string, string>,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const credentials = { id, name: 'Tested', type, data };
		return await this.data(await this.send('POST', '/credentials/test', { credentials }));
	}

	/** Those of a workflow that have ended, newest first. */
	async ended(workflowId: string): Promise<Array<Pick<Execution, 'id' | 'status'>>> {
		const query = new URLSearchParams({ filter: JSON.stringify({ workflowId }) });
		const { results } = await this.data<{ results: Execution[] }>(
			await this.send('GET', `/executions?${query.toString()}`),
		);
		return results.filter(hasEnded).map(({ id, status }) => ({ id, status }));
	}

	async run(workflowId: string, triggerName: string): Promise<IRun['data']> {
		return await this.result(await this.start(workflowId, triggerName));
	}

	/** What an execution did, once it has ended. */
	async result(executionId: string): Promise<IRun['data']> {
		for (const deadline = Date.now() + runTimeout; Date.now() < deadline; await delay(250)) {
			const execution = await this.data<Execution>(
				await this.send('GET', `/executions/${executionId}`),
			);
			if (!hasEnded(execution)) continue;
			const data = parseFlatted(execution.data) as IRun['data'] | undefined;
			// n8n 1 tells of the end before it has stored what was done.
			if (data) return data;
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
