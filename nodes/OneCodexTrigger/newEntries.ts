import type { ListPage } from '../OneCodex/api/pages';
import { cursorIn, nextFrom, seenFrom, type Cursor } from './cursor';
import type { Entry } from './entry';
import { timeOf } from './events';
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
 * @throws OneCodexError
 */
export async function newEntries(watch: Watch): Promise<Entry[]> {
	const { context, event, of } = watch;
	const turn = beginTurn(context, of);
	const data = context.getWorkflowStaticData('node');
	const cursor = cursorIn(data, of);
	if (!cursor) {
		const begun = await begin(watch);
		if (!turn.isOurs()) return [];
		data.cursor = begun;
		turn.moved();
		// n8n keeps no durable cursor of the poll that tries a workflow when it is activated: what comes
		// before the next poll would be taken for old.
		await context.__commitCursor?.();
		turn.moved();
		return [];
	}

	const from = nextFrom(cursor, event.lateness);
	// Before the list: what comes to be so in between is in both, and in none the other way round.
	const waiting = from > cursor.from ? await waitingNow(watch) : cursor.waiting;
	const list = await listSince(watch, cursor.from, (first) => isKnown(first, cursor));
	const unknown = [...(list?.entries.values() ?? [])]
		.filter(({ entry }) => isNew(entry, cursor, watch))
		.sort((left, right) => left.time - right.time)
		.map(({ entry }) => entry);
	const fresh = await watch.passing(unknown);
	if (!list && from === cursor.from) return [];
	if (!turn.isOurs(cursor)) return [];
	const mark = fresh.length ? newMark() : cursor.mark;
	data.cursor = { ...moved(cursor, from, waiting, list), ...(mark && { mark }) };
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
	return moved({ of, from, at, seen: {}, waiting }, from, waiting, list);
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
		at !== undefined &&
		at - cursor.at < WHOLE_AGAIN_MS &&
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
		at: list?.at ?? at,
		...(from === cursor.from && list?.total !== undefined && { total: list.total }),
		seen: seenFrom(from, { ...seen, ...listed }),
		waiting: waiting.filter((id) => !(id in listed)),
	};
}
