import type { ListPage } from '../OneCodex/api/pages';
import { nextFrom, seenFrom, type Cursor } from './cursor';
import type { Entry } from './entry';
import { timeOf } from './events';
import { keptCursor } from './keptCursor';
import { firstPage, idOf, listSince, newestIds, type List, type Listed } from './list';
import { beginTurn } from './turns';
import type { Watch } from './watch';

/** More that may come to be so are not remembered, for the cursor is to stay small. */
const MOST_WAITING = 1_000;

/** A list that seems to be as it was is read as a whole from time to time, all the same. */
const WHOLE_AGAIN_MS = 60 * 60 * 1000;

/**
 * What has come to be so since the poll before, oldest first; nothing where there was none, for then
 * it begins now. The cursor is moved at the end and at once, or not at all.
 *
 * @param show what is to be given of an entry
 * @throws OneCodexError
 */
export async function newEntries<T>(watch: Watch, show: (entry: Entry) => T): Promise<T[]> {
	const { context, event, of } = watch;
	const kept = keptCursor(context);
	const cursor = kept.read(of);
	const turn = beginTurn(context, of, cursor);
	if (!cursor) {
		const begun = await begin(watch);
		if (!turn.isOurs()) return [];
		kept.write(begun);
		turn.moved();
		// n8n keeps no durable cursor of the poll that tries a workflow when it is activated: what comes
		// before the next poll would be taken for old.
		await context.__commitCursor?.();
		turn.moved();
		return [];
	}

	const further = nextFrom(cursor, event.lateness);
	const isFurther = further > cursor.from;
	// Before the list: what comes to be so in between is in both, and in none the other way round.
	const stillWaiting = isFurther ? await waitingNow(watch) : cursor.waiting;
	// What is left behind is read before.
	const list = await listSince(
		watch,
		cursor.from,
		(first) => !isFurther && isKnown(first, cursor),
	);
	if (!list) return [];
	const unknown = [...list.entries.values()]
		.filter(({ entry }) => isNew(entry, cursor, watch))
		// One Codex sorts by microseconds, the newest first; of equal times the order stays.
		.reverse()
		.sort((left, right) => left.time - right.time)
		.map(({ entry }) => entry);
	const fresh = (await watch.passing(unknown)).map(show);
	if (!turn.isOurs()) return [];
	const mark = fresh.length ? newMark() : cursor.mark;
	// What slipped out of the pages is looked for once more before it is left behind.
	const mayMove = isFurther && list.isWhole;
	const [from, waiting] = mayMove ? [further, stillWaiting] : [cursor.from, cursor.waiting];
	kept.write({ ...moved(cursor, from, waiting, list), ...(mark && { mark }) });
	turn.moved(mark);
	return fresh;
}

/** No two polls are to have the same; there is nothing to guess. */
const newMark = () => Math.random().toString(36).slice(2);

/** All that is so by now is old. */
async function begin(watch: Watch): Promise<Cursor> {
	const { event, of, where } = watch;
	const waiting = await waitingNow(watch);
	const { entries, at: answeredAt } = await firstPage(watch, where, 1);
	const [newest] = entries.map((entry) => timeOf(entry, event));
	const at = answeredAt ?? newest ?? 0;
	const from = Math.min(at, newest ?? at) - event.lateness;
	const list = newest === undefined ? undefined : await listSince(watch, from);
	const begun = moved({ of, from, at, seen: {}, waiting }, from, waiting, list);
	if (!list || list.isWhole) return begun;
	// What slipped out of the pages is old, too.
	return moved(begun, from, waiting, await listSince(watch, from));
}

async function waitingNow(watch: Watch): Promise<string[]> {
	const { notYet } = watch.event;
	return notYet ? await newestIds(watch, notYet, MOST_WAITING) : [];
}

/** Of a list in several pages, by the first one, whether it is as it was. */
function isKnown({ entries, total, at }: ListPage<Entry>, cursor: Cursor): boolean {
	return (
		total !== undefined &&
		total === cursor.total &&
		(at ?? cursor.at) - cursor.at < WHOLE_AGAIN_MS &&
		entries.every((entry) => idOf(entry) in cursor.seen)
	);
}

/** What was created before and did not wait was so already: somebody has changed it otherwise. */
function isNew(entry: Entry, { from, seen, waiting }: Cursor, { event }: Watch): boolean {
	const id = idOf(entry);
	if (Object.hasOwn(seen, id)) return false;
	return !event.notYet || Date.parse(entry.created_at) >= from || waiting.includes(id);
}

function moved(cursor: Cursor, from: number, waiting: string[], list?: List): Cursor {
	const { of, at, seen } = cursor;
	const entries = [...(list?.entries ?? [])];
	const listed = Object.fromEntries(entries.map(([id, { time }]: [string, Listed]) => [id, time]));
	return {
		of,
		from,
		// Where One Codex does not tell its time, it is that of the newest entry at the least.
		at: list?.at ?? Object.values(listed).reduce((latest, time) => Math.max(latest, time), at),
		...(from === cursor.from && list?.total !== undefined && { total: list.total }),
		seen: seenFrom(from, { ...seen, ...listed }),
		waiting: waiting.filter((id) => !(id in listed)),
	};
}
