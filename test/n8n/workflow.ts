import { createHash } from 'node:crypto';
import type {
	IConnections,
	IDataObject,
	INode,
	IWorkflowSettings,
	NodeConnectionType,
} from 'n8n-workflow';

export interface Workflow {
	id: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings: IWorkflowSettings;
	active: boolean;
}

export const account = { id: 'oneCodexAccount0', name: 'One Codex account' };

type Extra = Pick<
	INode,
	'onError' | 'executeOnce' | 'alwaysOutputData' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'
>;

/** The same for a node that is changed; n8n's editor looks one up by the beginning of its ID. */
const idOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 32);

export function node(
	type: string,
	typeVersion: number,
	name: string,
	parameters: IDataObject,
): INode {
	return {
		id: idOf(name),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
	};
}

export const manualTrigger = (name = 'Start') => node('n8n-nodes-base.manualTrigger', 1, name, {});

/** Takes the files of a form, and answers with the last node's items when all is done. */
export const webhook = (path: string, name = 'Webhook'): INode => ({
	...node('n8n-nodes-base.webhook', 2.1, name, {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'allEntries',
		options: {},
	}),
	webhookId: path,
});

/** One item a file that the glob finds. */
export const readFiles = (name: string, fileSelector: string, dataPropertyName = 'data') =>
	node('n8n-nodes-base.readWriteFile', 1, name, {
		operation: 'read',
		fileSelector,
		options: { dataPropertyName },
	});

/** Writes the item's file; the name may be an expression. */
export const writeFile = (name: string, fileName: string) =>
	node('n8n-nodes-base.readWriteFile', 1, name, { operation: 'write', fileName });

/** Does nothing, and so shows that a workflow went on to it. */
export const noOperation = (name: string) => node('n8n-nodes-base.noOp', 1, name, {});

export const append = (name: string, numberInputs: number) =>
	node('n8n-nodes-base.merge', 3.2, name, { mode: 'append', numberInputs });

/** Item n of every input becomes one item with the files of all. */
export const combineByPosition = (name: string, numberInputs: number) =>
	node('n8n-nodes-base.merge', 3.2, name, {
		mode: 'combine',
		combineBy: 'combineByPosition',
		numberInputs,
		options: {},
	});

export const oneCodex = (
	name: string,
	operation: string,
	parameters: IDataObject = {},
	extra: Extra = {},
): INode => ({
	...node('n8n-nodes-onecodex.oneCodex', 1, name, {
		resource: 'document',
		operation,
		...parameters,
	}),
	credentials: { oneCodexApi: account },
	...extra,
});

/** Poll times, every so many seconds: n8n refuses less than a minute of a rule, but not of several. */
export const often = (seconds: number) => ({
	item: Array.from({ length: 60 / seconds }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * seconds} * * * * *`,
	})),
});

export const oneCodexTrigger = (
	event: string,
	parameters: IDataObject = {},
	seconds = 3,
	name = 'One Codex Trigger',
): INode => ({
	...node('n8n-nodes-onecodex.oneCodexTrigger', 1, name, {
		pollTimes: often(seconds),
		event,
		...parameters,
	}),
	credentials: { oneCodexApi: account },
});

/** The same node as n8n offers it to an AI agent. */
export const oneCodexTool = (...args: Parameters<typeof oneCodex>): INode => ({
	...oneCodex(...args),
	type: 'n8n-nodes-onecodex.oneCodexTool',
});

export interface Link {
	from: INode;
	to: INode;
	/** Default: what flows from node to node; an agent's model and tools have types of their own. */
	type?: NodeConnectionType;
	output?: number;
	input?: number;
}

export const chain = (...nodes: INode[]): Link[] =>
	nodes.slice(1).map((to, index) => ({ from: nodes[index], to }));

/** Each on its own after the first. */
export const fan = (from: INode, ...nodes: INode[]): Link[] => nodes.map((to) => ({ from, to }));

export function workflow(id: string, links: Link[], settings: IWorkflowSettings = {}): Workflow {
	const nodes = [...new Set(links.flatMap(({ from, to }) => [from, to]))].map(
		(each, index): INode => ({ ...each, position: [index * 240, 0] }),
	);
	const connections: IConnections = {};
	for (const { from, to, type = 'main', output = 0, input = 0 } of links) {
		const outputs = ((connections[from.name] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to.name, type, index: input });
	}
	return { id, name: id, nodes, connections, settings, active: false };
}
