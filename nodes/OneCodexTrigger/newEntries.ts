import { begin, waitingNow } from './begin';
import { moved, nextFrom, type Cursor } from './cursor';
import type { Entry } from './entry';
import { keptCursor } from './keptCursor';
import { idOf } from './list';
import { listNew } from './listNew';
import { beginTurn } from './turns';
import type { Watch } from './watch';

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
		// n8n's scheduler polls with a copy that it saves with an execution only: whoever was first, the
		// poll that tries the workflow when it is activated has to keep what it began with.
		if (!turn.isOurs() && !kept.lacks(of)) return [];
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
	// All of it where the window is to move, so that nothing is left behind unread.
	const list = await listNew(watch, cursor, !isFurther);
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

/** What was created before and did not wait was so already: somebody has changed it otherwise. */
function isNew(entry: Entry, { from, seen, waiting }: Cursor, { event }: Watch): boolean {
	const id = idOf(entry);
	if (Object.hasOwn(seen, id)) return false;
	return !event.notYet || Date.parse(entry.created_at) >= from || waiting.includes(id);
}
