import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { OneCodexStandIn } from '../onecodex';
import { CredentialsOf } from './credentials';

const { OneCodex } = jest.requireActual<{ OneCodex: new () => INodeType }>('../../index.js');

/** A page of what the editor shows in a picker where somebody typed this. */
async function page(oneCodex: OneCodexStandIn, method: string, text?: string, token?: string) {
	const type = new OneCodex();
	const node: INode = {
		id: 'Step',
		name: 'Step',
		type: 'oneCodex',
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'document', operation: 'get' },
		credentials: { oneCodexApi: { id: '1', name: 'One Codex account' } },
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		credentialsHelper: new CredentialsOf(oneCodex),
	} as unknown as IWorkflowExecuteAdditionalData;
	const context = new LoadOptionsContext(workflow, node, additionalData, 'documentId');
	return await type.methods!.listSearch![method].call(context, text, token);
}

/** What a picker shows where somebody typed this, all pages of it. */
export async function listed(
	oneCodex: OneCodexStandIn,
	method: string,
	text?: string,
): Promise<string[]> {
	const names: string[] = [];
	let token: string | undefined;
	do {
		const { results, paginationToken } = await page(oneCodex, method, text, token);
		names.push(...results.map(({ name }) => name));
		token = paginationToken as string | undefined;
	} while (token !== undefined);
	return names;
}
