import { PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IPollFunctions,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import type { OneCodexStandIn } from '../../onecodex';
import { surroundings, type RunOptions } from '../engine';

/** The compiled node, as n8n loads it. */
const { OneCodexTrigger } = jest.requireActual<{ OneCodexTrigger: new () => INodeType }>(
	'../../../index.js',
);

const TYPE = 'n8n-nodes-onecodex.oneCodexTrigger';
const type = new OneCodexTrigger();
const nodeTypes = {
	getByName: () => type,
	getByNameAndVersion: () => type,
	getKnownTypes: () => ({}),
} as INodeTypes;

let workflows = 0;

/** A trigger that n8n has activated: it polls with the same context each time. */
interface Active {
	workflow: Workflow;
	context: IPollFunctions;
	/** Where n8n looks the credential up. */
	additionalData: IWorkflowExecuteAdditionalData;
}

/** A trigger of a workflow, of which n8n keeps the static data. */
export class Poller {
	credentials: RunOptions['credentials'];
	/** Milliseconds that n8n gives a poll, where it says so. */
	budget?: number;
	/** Whether n8n is one that has no durable cursors yet, as n8n 1. */
	isBeforeDurableCursors = false;
	/** By what n8n has come to poll. */
	activation: WorkflowActivateMode = 'activate';
	private active?: Active;

	/** @param saved what n8n has of the workflow in its database; by default it has no other trigger */
	constructor(
		private readonly oneCodex: OneCodexStandIn,
		public parameters: INodeParameters,
		private readonly saved = { id: `w${++workflows}`, staticData: {} as IDataObject },
		private readonly name = 'One Codex Trigger',
	) {
		const { apiKey, baseUrl } = oneCodex;
		this.credentials = { apiKey, baseUrl };
	}

	/** Another trigger of the same workflow. */
	beside(parameters: INodeParameters): Poller {
		return new Poller(this.oneCodex, parameters, this.saved, `${this.name} 2`);
	}

	get staticData(): IDataObject {
		return this.saved.staticData;
	}

	set staticData(staticData: IDataObject) {
		this.saved.staticData = staticData;
	}

	/**
	 * One poll, as n8n has it: what the node is active in stays in memory, and is saved when there is
	 * something new.
	 *
	 * @returns the JSON of the items; undefined for no execution
	 */
	async poll(): Promise<IDataObject[] | undefined> {
		const active = (this.active ??= this.load());
		const json = await this.call(active);
		if (json) this.staticData = savedOf(active);
		return json;
	}

	/** The n8n was started anew, or the workflow saved: what was not saved is gone. */
	restart(): void {
		this.active = undefined;
	}

	/** n8n saves when it has activated a workflow, too. */
	async activate(): Promise<IDataObject[] | undefined> {
		this.restart();
		const json = await this.poll();
		this.staticData = savedOf(this.active!);
		return json;
	}

	/**
	 * One poll with a copy of the cursor, as with durable cursors.
	 *
	 * @returns what it came to, and what keeps its cursor
	 */
	async pollCopy() {
		const active = this.load();
		const json = await this.call(active);
		return { json, commit: () => (this.staticData = savedOf(active)) };
	}

	/** Fetches a test event. */
	async test(): Promise<IDataObject[] | undefined> {
		return await this.call(this.load('manual'));
	}

	/** How many requests One Codex gets during an action. */
	async requestsDuring(action: () => Promise<unknown>): Promise<string[]> {
		const before = this.oneCodex.requests.length;
		await action();
		return this.oneCodex.requests.slice(before).map(({ path }) => path.split('?')[0]);
	}

	private load(mode: WorkflowExecuteMode = 'trigger'): Active {
		const node: INode = {
			id: this.name,
			name: this.name,
			type: TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters: this.parameters,
			credentials: { oneCodexApi: { id: '1', name: 'One Codex account' } },
		};
		const workflow = new Workflow({
			id: this.saved.id,
			name: 'poll test',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: structuredClone(this.staticData),
			settings: {},
		});
		const additionalData = {} as IWorkflowExecuteAdditionalData;
		const context = new PollContext(
			workflow,
			node,
			additionalData,
			mode,
			mode === 'manual' ? 'manual' : this.activation,
		);
		if (this.isBeforeDurableCursors) Object.assign(context, { __runPoll: undefined });
		return { workflow, context: context as unknown as IPollFunctions, additionalData };
	}

	private async call({ context, additionalData }: Active) {
		const { budget } = this;
		Object.assign(context, { getPollBudgetMs: budget === undefined ? undefined : () => budget });
		Object.assign(additionalData, surroundings(this.credentials));
		const items = await type.poll!.call(context);
		return items?.[0].map(({ json }) => json);
	}
}

const savedOf = ({ workflow }: Active) =>
	JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;

/** A moment so many milliseconds ago, as One Codex writes it. */
export const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
