import type { IPollFunctions } from 'n8n-workflow';

/** Nodes for which this process has polled. */
const polled = new Set<string>();

/**
 * Whether this is the poll that n8n makes while it starts, of a workflow that was active before. n8n 2
 * gives a trigger up where that one fails for half a minute, until somebody publishes the workflow
 * anew (`TRIGGER_ACTIVATION_MAX_ATTEMPTS`, 5 in n8n 2.41).
 */
export function isAtStart(context: IPollFunctions): boolean {
	const node = `${context.getWorkflow().id} ${context.getNode().id}`;
	const isFirst = !polled.has(node);
	polled.add(node);
	return isFirst && ['init', 'leadershipChange'].includes(context.getActivationMode());
}
