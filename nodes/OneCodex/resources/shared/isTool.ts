import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether a model uses the node: n8n gives the tool that it makes of a node a type of its own. */
export function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}
