import { setTimeout as delay } from 'node:timers/promises';
import type { INode, IRun } from 'n8n-workflow';

import { parseFlatted } from './flatted';
import type { Credential } from './host';
import { Session } from './session';
import type { Workflow } from './workflow';

const runTimeout = 300_000;

interface Execution {
	id: string;
	status: IRun['status'];
	data: string;
}

type Ended = Pick<IRun, 'status' | 'data'>;

const hasEnded = ({ status }: Execution) => !['new', 'running', 'waiting'].includes(status);

/**
 * What the editor does, without the editor: log in, add, run, read. n8n gives what is added an ID of
 * its own; here it goes by the one that the test gave it.
 */
export class RestClient extends Session {
	private readonly ids = new Map<string, string>();

	/** The ID that n8n has for a workflow. */
	idOf(workflowId: string): string {
		return this.ids.get(workflowId) ?? workflowId;
	}

	async addCredential({ id, name, type, data }: Credential): Promise<void> {
		const added = await this.call<{ id: string }>('POST', '/credentials', { name, type, data });
		this.ids.set(`${type} ${id}`, added.id);
	}

	/** The credentials that its nodes name have to be there. */
	async addWorkflow(workflow: Workflow): Promise<void> {
		const { name, connections, settings } = workflow;
		const nodes = this.withCredentials(workflow);
		const body = { name, nodes, connections, settings, active: false };
		const added = await this.call<{ id: string }>('POST', '/workflows', body);
		this.ids.set(workflow.id, added.id);
	}

	/** Saves a workflow anew; what is active goes on with it once it is activated again. */
	async changeWorkflow(workflow: Workflow): Promise<void> {
		const { name, connections, settings } = workflow;
		const nodes = this.withCredentials(workflow);
		const { versionId } = await this.call<{ versionId: string }>('GET', this.path(workflow.id));
		const body = { name, nodes, connections, settings, versionId };
		await this.call('PATCH', this.path(workflow.id), body);
	}

	async addWorkflows(...workflows: Workflow[]): Promise<void> {
		for (const each of workflows) await this.addWorkflow(each);
	}

	/** As n8n has it. */
	async workflow(workflowId: string): Promise<Pick<Workflow, 'nodes'>> {
		return await this.call('GET', this.path(workflowId));
	}

	/** Ends the workflow's triggers, and puts it out of sight. */
	async archive(workflowId: string): Promise<void> {
		await this.call('POST', `${this.path(workflowId)}/archive`, {});
	}

	/** Begins to run a workflow, and gives the execution's ID. */
	async start(workflowId: string, triggerName: string): Promise<string> {
		// n8n 1 wants to be told what it has stored.
		const workflowData = await this.call<object>('GET', this.path(workflowId));
		const body = { workflowData, triggerToStartFrom: { name: triggerName } };
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`${this.path(workflowId)}/run`,
			body,
		);
		return executionId;
	}

	/** What the editor's stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.call('POST', `/executions/${executionId}/stop`);
	}

	/** What the retry button of the list of executions does: goes on with the node that failed. */
	async retry(executionId: string): Promise<IRun['status']> {
		return (await this.retryAs(executionId, true)).status;
	}

	/** The same, with the workflow as it is now or as it was, and what the new execution did. */
	async retryAs(executionId: string, loadWorkflow: boolean) {
		const path = `/executions/${executionId}/retry`;
		const { id, status } = await this.call<Execution>('POST', path, { loadWorkflow });
		return { id, status, data: await this.result(id) };
	}

	/** Lets the workflow's triggers start it from now on. */
	async activate(workflowId: string): Promise<void> {
		const path = this.path(workflowId);
		const { versionId } = await this.call<{ versionId: string }>('GET', path);
		await this.call('POST', `${path}/activate`, { versionId });
	}

	/** What the editor's test says of changes to a stored credential, before they are saved. */
	async testCredential(
		id: string,
		type: string,
		data: Record<string, string>,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const credentials = { id: this.credentialId(type, id), name: 'Tested', type, data };
		return await this.call('POST', '/credentials/test', { credentials });
	}

	/** Those of a workflow that have ended, newest first. */
	async ended(workflowId: string): Promise<Array<Pick<Execution, 'id' | 'status'>>> {
		const filter = JSON.stringify({ workflowId: this.idOf(workflowId) });
		const query = new URLSearchParams({ filter });
		const { results } = await this.call<{ results: Execution[] }>(
			'GET',
			`/executions?${query.toString()}`,
		);
		return results.filter(hasEnded).map(({ id, status }) => ({ id, status }));
	}

	async run(workflowId: string, triggerName: string): Promise<IRun['data']> {
		return await this.result(await this.start(workflowId, triggerName));
	}

	/** What an execution did, once it has ended. */
	async result(executionId: string): Promise<IRun['data']> {
		return (await this.end(executionId)).data;
	}

	/** The same, and whether it succeeded. */
	async end(executionId: string): Promise<Ended> {
		for (const deadline = Date.now() + runTimeout; Date.now() < deadline; await delay(250)) {
			const execution = await this.call<Execution>('GET', `/executions/${executionId}`);
			const { status } = execution;
			const data = parseFlatted(execution.data) as IRun['data'] | undefined;
			// n8n says that it has ended a moment before it has what it did.
			if (hasEnded(execution) && data !== undefined) return { status, data };
		}
		throw new Error(`Execution ${executionId} did not end`);
	}

	/** What an execution did so far; n8n tells it where the workflow saves its progress. */
	async soFar(executionId: string): Promise<Partial<IRun['data']>> {
		const { data } = await this.call<Execution>('GET', `/executions/${executionId}`);
		return (parseFlatted(data) ?? {}) as Partial<IRun['data']>;
	}

	/** The nodes, with the credentials as this n8n has them. */
	private withCredentials({ nodes }: Workflow): INode[] {
		return nodes.map(({ credentials = {}, ...node }) => ({
			...node,
			credentials: Object.fromEntries(
				Object.entries(credentials).map(([type, { id, name }]) => [
					type,
					{ id: this.credentialId(type, id), name },
				]),
			),
		}));
	}

	private credentialId<T extends string | null>(type: string, id: T): string | T {
		return this.ids.get(`${type} ${id}`) ?? id;
	}

	private path(workflowId: string): string {
		return `/workflows/${this.idOf(workflowId)}`;
	}
}
