import type { IPollFunctions } from 'n8n-workflow';

import type { Cursor } from './cursor';

/**
 * With durable cursors n8n keeps what a poll moved only after it, with the execution; on a busy machine
 * the next poll may begin before that. What was not kept by then was abandoned, and comes again.
 */
const KEPT_WITHIN_MS = 5_000;

interface Move {
	/** When a poll last moved the cursor (ms, monotonic). */
	at: number;
	/** The mark of the last poll that gave something, and when that was. */
	mark?: string;
	markedAt: number;
}

/** By what the cursor is for. */
const moves = new Map<string, Move>();

/** What n8n began the last poll of each with, by what the cursor is for. */
const polling = new Map<string, IPollFunctions>();

/** The turn of a poll to move the cursor. */
export interface Turn {
	/**
	 * Whether it may: who is first to move it takes the turn, and the other leaves all to the next poll.
	 * A poll of a workflow that was saved meanwhile, and is polled anew with the cursor from before, may
	 * not: the same would come again.
	 */
	isOurs(): boolean;
	/** The cursor is moved, to one with this mark. */
	moved(mark?: string): void;
}

/**
 * Two polls may overlap, and with n8n's durable cursors each has a copy of the same cursor.
 *
 * @param cursor that the poll begins with; undefined where there is none
 */
export function beginTurn(context: IPollFunctions, of: string, cursor?: Cursor): Turn {
	const key = `${context.getWorkflow().id} ${context.getNode().id} ${of}`;
	const began = performance.now();
	// Since it has durable cursors, n8n itself leaves out what a poll gives that was replaced.
	const mayBeReplaced = cursor && !context.__runPoll;
	if (mayBeReplaced) polling.set(key, context);
	return {
		isOurs() {
			if (mayBeReplaced && polling.get(key) !== context) return false;
			const last = moves.get(key);
			if (!last) return true;
			if (last.at >= began) return false;
			if (!cursor || cursor.mark === last.mark) return true;
			return began - last.markedAt > KEPT_WITHIN_MS;
		},
		moved(mark) {
			const at = performance.now();
			const last = moves.get(key);
			moves.set(key, { at, mark, markedAt: last?.mark === mark ? (last?.markedAt ?? at) : at });
		},
	};
}
