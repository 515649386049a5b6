import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import { root } from './installation';
import type { Workflow } from './workflow';

export const examplesFolder = join(root, 'examples');
export const exampleFile = join(examplesFolder, 'report.pdf');
/** A pair. */
export const exampleReads = ['reads_R1.fastq', 'reads_R2.fastq'].map((name) =>
	join(examplesFolder, name),
);

/** What stands in the examples where a file is to be read, and what is read. */
const PATHS: Record<string, string> = {
	'/path/to/report.pdf': exampleFile,
	'/path/to/reads_*.fastq': join(examplesFolder, 'reads_*.fastq'),
};

/** An example workflow, reading the example files where it has a path to fill in. */
export function exampleWorkflow(name: string): Workflow {
	const workflow = JSON.parse(
		readFileSync(join(examplesFolder, `${name}.json`), 'utf8'),
	) as Workflow;
	for (const { parameters } of workflow.nodes) {
		const path = PATHS[String(parameters.fileSelector)];
		if (path) parameters.fileSelector = path;
	}
	return workflow;
}

/**
 * The same workflow under another ID, its node `Settings` filled in as a person would.
 *
 * @throws Error for a field that the node does not have
 */
export function withSettings(
	workflow: Workflow,
	id: string,
	values: Record<string, unknown>,
): Workflow {
	const copy = { ...structuredClone(workflow), id };
	const settings = copy.nodes.find(({ name }) => name === 'Settings')?.parameters;
	const { assignments } = settings?.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const [name, value] of Object.entries(values)) {
		const field = assignments.find((each) => each.name === name);
		if (!field) throw new Error(`"${workflow.name}" has no setting ${name}`);
		field.value = value;
	}
	return copy;
}

/** The same workflow, with some fields of some nodes filled in as a person would. */
export function filledIn(
	workflow: Workflow,
	fields: Record<string, INode['parameters']>,
): Workflow {
	const nodes = workflow.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...fields[node.name] },
	}));
	return { ...workflow, nodes };
}

/** The ID and name under which an example expects a credential. */
export function placeholder({ nodes }: Workflow, type: string): { id: string; name: string } {
	for (const { credentials } of nodes) {
		const { id, name } = credentials?.[type] ?? {};
		if (id && name) return { id, name };
	}
	throw new Error(`No node has a credential of the type ${type}`);
}
