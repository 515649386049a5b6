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

/** The turn of a poll to move the cursor. */
export interface Turn {
	/**
	 * Whether it may: who is first to move it takes the turn, and the other leaves all to the next poll.
	 *
	 * @param cursor that the poll began with; undefined where there was none
	 */
	isOurs(cursor?: Cursor): boolean;
	/** The cursor is moved, to one with this mark. */
	moved(mark?: string): void;
}

/** Two polls may overlap, and with n8n's durable cursors each has a copy of the same cursor. */
export function beginTurn(context: IPollFunctions, of: string): Turn {
	const key = `${context.getWorkflow().id} ${context.getNode().id} ${of}`;
	const began = performance.now();
	return {
		isOurs(cursor) {
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
