import './environment';

import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { CredentialsOf } from './credentials';

const { OneCodex } = jest.requireActual<{ OneCodex: new () => INodeType }>('../../index.js');

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
	oneCodex.seed({ filename: 'Bericht_Marz.pdf', size: 5 });
	oneCodex.seed({ filename: 'other.csv', size: 5 });
});
afterAll(async () => await oneCodex.close());

/** What the editor shows where somebody typed this into the list of documents. */
async function found(text: string): Promise<string[]> {
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
	const search = type.methods!.listSearch!.searchDocuments;
	const { results } = await search.call(context, text);
	return results.map(({ name }) => name.split(' ')[0]);
}

it.each(['Bericht März', ' märz ', 'C:\\Users\\me\\Bericht März.pdf', 'Bericht_', 'BERICHT'])(
	'a document is found by %j, as people type its name',
	async (text) => expect(await found(text)).toEqual(['Bericht_Marz.pdf']),
);

it.each(['???', '报告', 'M rz'])('nothing is found by %j', async (text) => {
	expect(await found(text)).toEqual([]);
});

it.each(['', ' '])('all are there for %j', async (text) => {
	expect((await found(text)).sort()).toEqual(['Bericht_Marz.pdf', 'other.csv']);
});
