import type { IPollFunctions } from 'n8n-workflow';

/** What n8n polls with: it makes one each time it activates a trigger. */
const polled = new WeakSet<IPollFunctions>();

/**
 * Whether this is the poll with which n8n, as it starts or takes over from another main, activates
 * what was active before. n8n 2 gives a trigger up where that poll fails for half a minute, until
 * somebody publishes the workflow anew (`TRIGGER_ACTIVATION_MAX_ATTEMPTS`, 5 in n8n 2.41).
 */
export function isAtStart(context: IPollFunctions): boolean {
	if (polled.has(context)) return false;
	polled.add(context);
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}
