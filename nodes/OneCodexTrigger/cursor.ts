import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../OneCodex/types';
import type { Event } from './events';
import type { List } from './list';

/**
 * How far the trigger has come. Times are One Codex's, in milliseconds; never this machine's. All
 * entries from `from` on are listed each time, and those in `seen` are not given out again: so what
 * has equal times or shows up late comes, too, and comes once.
 */
export interface Cursor {
	/** The event, the filters and the credential that it is for. */
	of: string;
	from: number;
	/** When the list was read as a whole. */
	at: number;
	/** How many entries it had then, where that is known, and the time that it was asked for by. */
	total?: number;
	by?: Event['time'];
	/** Whether an entry that was listed last has not the time that the event goes by. */
	untimed?: boolean;
	/** The times of the entries that were listed, by their IDs; of those before `from` the newest. */
	seen: Record<string, number>;
	/** Tells the last poll that gave something from those before. */
	mark?: string;
	/** IDs of what was not so yet when `from` was set, and was created before. */
	waiting: string[];
}

/** More IDs than that are not kept for long. One takes about 35 bytes. */
export const MOST_SEEN = 1_000;

/** The cursor in the node's static data; undefined where there is none, or one of something else. */
export function cursorIn({ cursor }: IDataObject, of: string): Cursor | undefined {
	const isWhole =
		isObject(cursor) &&
		cursor.of === of &&
		Number.isFinite(cursor.from) &&
		Number.isFinite(cursor.at) &&
		isObject(cursor.seen) &&
		Array.isArray(cursor.waiting);
	return isWhole ? (cursor as unknown as Cursor) : undefined;
}

/**
 * From where on to list next time. It stays where it is for as long as it can: moved, it leaves out
 * what shows up later than that. It is moved once there is twice the time or more IDs than needed.
 *
 * @param lateness milliseconds that an entry may show up after its time
 */
export function nextFrom({ from, at, seen }: Cursor, lateness: number): number {
	const times = Object.values(seen)
		.filter((time) => time >= from)
		.sort((left, right) => right - left);
	// A time that lies ahead says nothing about now.
	const newest = Math.min(times[0] ?? at, at);
	const isFull = times.length > MOST_SEEN;
	if (!isFull && newest - from <= 2 * lateness) return from;
	const oldestKept = isFull ? Math.min(times[MOST_SEEN / 2], newest) : from;
	return Math.max(from, newest - lateness, oldestKept);
}

/**
 * Those that are still listed, and of those before as many as there is room for: what is changed later
 * is listed again.
 */
function seenFrom(from: number, seen: Record<string, number>): Record<string, number> {
	const newestFirst = Object.entries(seen).sort(([, left], [, right]) => right - left);
	return Object.fromEntries(
		newestFirst.filter(([, time], index) => time >= from || index < MOST_SEEN),
	);
}

/** A cursor after a list was read. */
export function moved(cursor: Cursor, from: number, waiting: string[], list: List): Cursor {
	const { of, at, seen } = cursor;
	const { by, total, isUntimed } = list;
	const listed = Object.fromEntries([...list.entries].map(([id, { time }]) => [id, time]));
	const times = Object.values(listed);
	return {
		of,
		from,
		// Where One Codex does not tell its time, it is that of the newest entry at the least.
		at: list.at ?? times.reduce((latest, time) => Math.max(latest, time), at),
		...(from === cursor.from && total !== undefined && { total, by }),
		...((times.length ? isUntimed : cursor.untimed) && { untimed: true }),
		seen: seenFrom(from, { ...seen, ...listed }),
		waiting: waiting.filter((id) => !(id in listed)),
	};
}
