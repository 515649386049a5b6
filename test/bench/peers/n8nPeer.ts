import type { IDataObject, INode } from 'n8n-workflow';

import {
	chain,
	manualTrigger,
	oneCodex,
	readFiles,
	workflow,
	type Workflow,
} from '../../n8n/workflow';
import type { BenchN8n } from '../n8n';
import type { Job, Peer } from './types';

/** A peer that is a workflow, which has to be imported for each file before it can run. */
export interface WorkflowPeer extends Peer {
	workflow(job: Pick<Job, 'label' | 'file'>): Workflow;
}

export const isWorkflowPeer = (peer: Peer): peer is WorkflowPeer => 'workflow' in peer;

/** What every workflow begins with: n8n copies the file into its binary store. */
export const fromDisk = (file: string): [INode, INode] => [
	manualTrigger(),
	readFiles('Read', file),
];

export function workflowPeer(
	n8n: BenchN8n,
	facts: Pick<Peer, 'id' | 'name' | 'what' | 'sends' | 'holds'>,
	build: (id: string, file: string) => Workflow,
): WorkflowPeer {
	const idOf = (label: string) => `${facts.id}-${label}`;
	return {
		...facts,
		inN8n: true,
		missing: async () => await Promise.resolve(undefined),
		workflow: ({ label, file }) => build(idOf(label), file),
		run: async ({ label, timeout }) => await n8n.execute(idOf(label), timeout),
	};
}

/** Reads the file and ends: what n8n needs for itself. */
export const withoutUpload = (n8n: BenchN8n): WorkflowPeer =>
	workflowPeer(
		n8n,
		{
			id: 'no-upload',
			name: 'n8n without an upload',
			what: 'the same n8n and workflow, reading the file into its binary store and not uploading it',
			sends: 'none',
		},
		(id, file) => workflow(id, chain(...fromDisk(file))),
	);

/** This package's Upload Document, with these options. */
export const uploadDocument = (
	n8n: BenchN8n,
	facts: Pick<Peer, 'id' | 'name' | 'what' | 'sends'>,
	options: IDataObject,
): WorkflowPeer =>
	workflowPeer(n8n, facts, (id, file) =>
		workflow(id, chain(...fromDisk(file), oneCodex('Upload', 'uploadDocument', { options }))),
	);
