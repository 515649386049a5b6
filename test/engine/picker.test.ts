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

/** What the editor shows where somebody typed this into a list. */
async function listed(method: string, text?: string): Promise<string[]> {
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
	const { results } = await type.methods!.listSearch![method].call(context, text);
	return results.map(({ name }) => name);
}

const found = async (text: string) =>
	(await listed('searchDocuments', text)).map((name) => name.split(' ')[0]);

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

it('projects are found by a part of their name, and one without has its short one', async () => {
	oneCodex.seedProject({ name: 'Ward 7' });
	oneCodex.seedProject({ projectName: 'icu-2' });
	expect((await listed('searchProjects')).sort()).toEqual(['Ward 7', 'icu-2']);
	expect(await listed('searchProjects', 'ward')).toEqual(['Ward 7']);
});

it('jobs are found by a part of their name, and versions of one are told apart', async () => {
	const createdAt = (year: number) => `${year}-05-05T00:00:00Z`;
	oneCodex.seedJob({ name: 'AMR', type: 'panel', createdAt: createdAt(2024) });
	oneCodex.seedJob({ name: 'AMR', type: 'panel', createdAt: createdAt(2025) });
	expect((await listed('searchJobs', 'amr')).sort()).toEqual([
		'AMR (panel, 2024-05-05)',
		'AMR (panel, 2025-05-05)',
	]);
	expect(await listed('searchJobs')).toHaveLength(3);
});

it('analyses are found by the file name of their sample, and shown with it and their job', async () => {
	const createdAt = '2026-01-31T00:00:00Z';
	const stool = oneCodex.seedSample({ filename: 'Stool_1.fastq', createdAt });
	oneCodex.seedSample({ filename: 'blood.fastq', createdAt, classification: 'running' });
	const { id: jobId } = oneCodex.seedJob({ name: 'AMR 2', type: 'workflow' });
	oneCodex.seedAnalysis({
		sampleId: stool.id,
		jobId,
		state: 'failed',
		createdAt: '2026-02-01T00:00:00Z',
	});
	const ofStool = [
		'Stool_1.fastq: AMR 2 (failed, 2026-02-01)',
		'Stool_1.fastq: One Codex Database (succeeded, 2026-01-31)',
	];
	expect(await listed('searchAnalyses', 'stool')).toEqual(ofStool);
	expect(await listed('searchAnalyses')).toEqual([
		...ofStool,
		'blood.fastq: One Codex Database (running, 2026-01-31)',
	]);
	expect(await listed('searchAnalyses', 'none such')).toEqual([]);
});
