import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isObject } from '../OneCodex/types';
import { cursorIn, type Cursor } from './cursor';

/** What all that this n8n polls began to poll with last, by the nodes of each workflow. */
const begunWith = new Map<string, Map<string, Cursor>>();

/** A trigger that has read nothing for longer than others is no longer in the workflow, or keeps its own. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/** Where the cursor of a trigger is. */
interface Kept {
	/** For the poll that begins; undefined where there is none, or one of something else. */
	read(of: string): Cursor | undefined;
	/** Whether nobody has begun yet in what n8n may save of this poll, whatever another poll did with a copy. */
	lacks(of: string): boolean;
	write(cursor: Cursor): void;
}

/**
 * The cursor of a trigger in n8n's static data. n8n 2 saves what all triggers of a workflow know as one
 * text, and once one of them was published anew, each polls with a copy of its own, in which the others
 * are as they were then. So each saves beside its own what the others began with last, and reads the
 * later one. What a poll has written is not passed on before the next one begins with it: until then
 * n8n may leave out what that poll gave.
 */
export function keptCursor(context: IPollFunctions): Kept {
	const data = context.getWorkflowStaticData('node');
	// What a durable cursor is in is no part of the workflow's text.
	if (!isOfWorkflow(data)) {
		return {
			read: (of) => cursorIn(data, of),
			// The copy of the other poll is kept.
			lacks: () => false,
			write: (cursor) => (data.cursor = cursor),
		};
	}
	const nodeId = context.getNode().id;
	const workflowId = String(context.getWorkflow().id);
	const cursors = begunWith.get(workflowId) ?? new Map<string, Cursor>();
	begunWith.set(workflowId, cursors);
	const all = context.getWorkflowStaticData('global');
	return {
		read(of) {
			// The later one first: an earlier one of this may be from before it was of something else.
			const cursor = cursorIn({ cursor: later(data.cursor, savedIn(all)[nodeId]) }, of);
			if (cursor) cursors.set(nodeId, cursor);
			return cursor;
		},
		lacks: (of) => cursorIn(data, of) === undefined,
		write(cursor) {
			data.cursor = cursor;
			const saved = savedIn(all);
			const others = [...cursors].filter(([id]) => id !== nodeId);
			const latest = others.map(([id, known]) => [id, later(known, saved[id])] as const);
			const together = Object.entries({ ...saved, ...Object.fromEntries(latest) });
			const kept = together.filter(([, known]) => cursor.at - readAt(known) < FORGOTTEN_AFTER_MS);
			const isSame = !others.length && kept.length === together.length;
			if (!isSame) all.oneCodexTriggers = Object.fromEntries(kept);
		},
	};
}

/** Whether n8n watches it for changes, to save it with the workflow. */
const isOfWorkflow = (data: IDataObject) => '__dataChanged' in data;

const savedIn = ({ oneCodexTriggers }: IDataObject): IDataObject =>
	isObject(oneCodexTriggers) ? (oneCodexTriggers as IDataObject) : {};

const later = <T>(one: T, other: T): T => (readAt(other) > readAt(one) ? other : one);

/** When a list was last read for it, in One Codex's time. */
const readAt = (cursor: unknown) =>
	isObject(cursor) && typeof cursor.at === 'number' ? cursor.at : 0;
