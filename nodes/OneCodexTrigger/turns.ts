import type { IPollFunctions } from 'n8n-workflow';

/** When a poll last moved the cursor (ms, monotonic), by what it is for. */
const taken = new Map<string, number>();

/**
 * The turn of a poll. Two may overlap, and with n8n's durable cursors each has a copy of the same
 * cursor: who is first to move it takes the turn, and the other leaves all to the next poll.
 */
export function beginTurn(context: IPollFunctions, of: string): { take(): boolean } {
	const key = `${context.getWorkflow().id} ${context.getNode().id} ${of}`;
	const began = performance.now();
	return {
		take() {
			if ((taken.get(key) ?? -Infinity) >= began) return false;
			taken.set(key, performance.now());
			return true;
		},
	};
}
