import './patterns';

import type { Readable } from 'node:stream';

import { Container } from '@n8n/di';
import {
	BinaryDataService,
	ExecutionLifecycleHooks,
	RoutingNode,
	WorkflowExecute,
	type ExecuteContext,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type IBinaryData,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
} from 'n8n-workflow';

import { CredentialsOf } from './credentials';

/** The compiled package, as n8n loads it. */
const { OneCodex } = jest.requireActual<{ OneCodex: new () => INodeType }>('../../index.js');

export interface Run {
	status: IRun['status'];
	/** Main outputs of the last node, or of the named one. */
	outputs(nodeName?: string): INodeExecutionData[][];
	error?: Error & {
		description?: string;
		httpCode?: string | null;
		context?: { itemIndex?: number };
	};
	hints(nodeName?: string): string[];
	/** What n8n saves with the execution. */
	data: IRunExecutionData;
}

export interface RunOptions {
	credentials: { apiKey: string; baseUrl: string; s3Endpoint?: string };
	items: INodeExecutionData[];
	/** Parameters of the One Codex nodes, which are connected in a row. */
	steps: INodeParameters[];
	onError?: INode['onError'];
	/** Settings of the One Codex nodes. */
	node?: Pick<INode, 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'executeOnce'>;
	/** How often the items come to the first One Codex node, each time to a run of its own. Default 1. */
	times?: number;
	/** The run that failed and that this one takes up, as n8n's Retry button does. */
	retryOf?: Run;
	settings?: IWorkflowSettings;
	/** Called with what cancels the execution. */
	onStart?: (cancel: () => void) => void;
}

const TYPE = 'n8n-nodes-onecodex.oneCodex';

/** Stores bytes in n8n's binary store, so that the item holds an id and the node streams. */
export async function storedBinary(
	bytes: Buffer | Readable,
	fileName?: string,
	mimeType = 'application/octet-stream',
): Promise<IBinaryData> {
	const service = await binaryData();
	const binary: IBinaryData = { data: '', mimeType, ...(fileName && { fileName }) };
	return await service.store(
		{ type: 'execution', workflowId: 'w', executionId: 'e' },
		bytes,
		binary,
	);
}

/** A binary that is in the item itself, as in n8n 1.x's in-memory mode. */
export function inlineBinary(bytes: Buffer, fileName?: string): IBinaryData {
	return {
		data: bytes.toString('base64'),
		mimeType: 'application/octet-stream',
		...(fileName && { fileName }),
	};
}

let initialised: Promise<BinaryDataService> | undefined;

async function binaryData(): Promise<BinaryDataService> {
	initialised ??= (async () => {
		const service = Container.get(BinaryDataService);
		await service.init();
		return service;
	})();
	return await initialised;
}

/** Runs items through One Codex nodes in n8n's own engine. */
export async function run(options: RunOptions): Promise<Run> {
	await binaryData();
	const names = options.steps.map((_, index) => `One Codex ${index + 1}`);
	const source = node('Source', 'test.source', {});
	const nodes = [
		source,
		...options.steps.map((parameters, index) => ({
			...node(names[index], TYPE, { resource: 'document', ...parameters }),
			credentials: { oneCodexApi: { id: '1', name: 'One Codex account' } },
			onError: options.onError ?? 'stopWorkflow',
			...options.node,
		})),
	];
	const chain = [source.name, ...names];
	const connections = Object.fromEntries(
		names.map((name, index) => [
			chain[index],
			{ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] },
		]),
	);
	const [toFirst] = connections[source.name].main;
	for (let time = 1; time < (options.times ?? 1); time++) toFirst.push(toFirst[0]);
	const workflow = new Workflow({
		id: 'w',
		name: 'engine test',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes(options.items),
		settings: options.settings ?? {},
	});
	const result = await execute(workflow, source, options);

	const { runData, error } = result.data.resultData;
	const dataOf = (name = names.at(-1)!) => runData[name]?.[0];
	return {
		status: result.status,
		error: error as Run['error'],
		outputs: (name) =>
			(dataOf(name)?.data?.main ?? []).map((items) => items ?? []) as INodeExecutionData[][],
		hints: (name) => (dataOf(name)?.hints ?? []).map(({ message }) => message),
		data: result.data,
	};
}

async function execute(workflow: Workflow, start: INode, options: RunOptions): Promise<IRun> {
	const executionId = options.retryOf ? 'e2' : 'e';
	const hooks = new ExecutionLifecycleHooks('manual', executionId, {
		id: 'w',
		name: 'engine test',
		nodes: [],
		connections: {},
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		activeVersionId: null,
	});
	const additionalData = {
		...surroundings(options.credentials),
		executionId,
		hooks,
	} as unknown as IWorkflowExecuteAdditionalData;

	const runExecutionData = options.retryOf
		? savedForRetry(options.retryOf, workflow)
		: createRunExecutionData({
				executionData: {
					nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
				},
			});
	const engine = new WorkflowExecute(additionalData, 'manual', runExecutionData);
	const running = engine.processRunExecutionData(workflow);
	const finished = new Promise<IRun>((resolve) => {
		hooks.addHandler('workflowExecuteAfter', (data) => resolve(data));
	});
	options.onStart?.(() => running.cancel());
	await running.catch(() => undefined);
	return await finished;
}

/** What n8n gives everything that it runs. */
export const surroundings = (credentials: RunOptions['credentials']) => ({
	credentialsHelper: new CredentialsOf(credentials),
	variables: {},
	restApiUrl: 'http://localhost/rest',
	instanceBaseUrl: 'http://localhost',
	formBaseUrl: 'http://localhost/form',
	formWaitingBaseUrl: 'http://localhost/form-waiting',
	formTestBaseUrl: 'http://localhost/form-test',
	webhookBaseUrl: 'http://localhost/webhook',
	webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
	webhookTestBaseUrl: 'http://localhost/webhook-test',
	currentNodeExecutionIndex: 0,
	setExecutionStatus: () => {},
	logAiEvent: () => {},
});

/** What n8n makes of a failed execution for its Retry button (n8n/dist/executions/execution.service.js). */
function savedForRetry({ data }: Run, workflow: Workflow): IRunExecutionData {
	const { resultData, executionData } = JSON.parse(JSON.stringify(data)) as IRunExecutionData;
	delete resultData.error;
	resultData.runData[resultData.lastNodeExecuted ?? ''].pop();
	for (const each of executionData?.nodeExecutionStack ?? []) {
		each.node = workflow.getNode(each.node.name)!;
	}
	return createRunExecutionData({ resultData, executionData });
}

function node(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

function nodeTypes(items: INodeExecutionData[]): INodeTypes {
	const types: Record<string, INodeType> = {
		'test.source': sourceOf(items),
		[TYPE]: declarative(new OneCodex()),
	};
	return {
		getByName: (name) => types[name],
		getByNameAndVersion: (name) => types[name],
		getKnownTypes: () => ({}),
	};
}

/** n8n's CLI gives a type without `execute` this one when it loads it. */
function declarative(type: INodeType): INodeType {
	type.execute = async function (this: IExecuteFunctions) {
		return (await new RoutingNode(this as unknown as ExecuteContext, type).runNode()) ?? null;
	};
	return type;
}

/** The step before ours: gives the test's items. */
function sourceOf(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Source',
			name: 'source',
			group: ['input'],
			version: 1,
			description: 'Gives the items of the test',
			defaults: { name: 'Source' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return await Promise.resolve([
				items.map((item, index) => ({ ...item, pairedItem: { item: 0 }, index })),
			]);
		},
	};
}
