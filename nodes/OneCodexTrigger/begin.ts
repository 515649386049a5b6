import { MOST_SEEN, moved, type Cursor } from './cursor';
import { firstPage, listFrom, listSince, merged, newestOf, type List } from './list';
import type { Watch } from './watch';

/** More that may come to be so are not remembered, for the cursor is to stay small. */
const MOST_WAITING = 1_000;

/** The cursor to begin with: all that is so by now is old. @throws OneCodexError */
export async function begin(watch: Watch): Promise<Cursor> {
	const { event, of, where } = watch;
	const waiting = await waitingNow(watch);
	const newest = await listFrom(watch, await firstPage(watch, where, 1), 1);
	const [time] = [...newest.entries.values()].map((listed) => listed.time);
	const at = newest.at ?? time ?? 0;
	const from = Math.min(at, time ?? at) - event.lateness;
	const blank = { of, from, at, seen: {}, waiting };
	if (time === undefined) return blank;
	const old = await soByNow(watch, from);
	const begun = moved(blank, from, waiting, merged(old, newest));
	// What slipped out of the pages is old, too.
	return old.isWhole ? begun : moved(begun, from, waiting, await soByNow(watch, from));
}

/** What may be listed later, and is so by now. */
async function soByNow(watch: Watch, from: number): Promise<List> {
	const { event, where } = watch;
	// What did not wait and was created before is never new.
	if (event.notYet) return await listSince(watch, 'created_at', from);
	const recent = await listSince(watch, event.time, from);
	if (event.time === 'created_at') return recent;
	// What is changed later is listed then, however old it is.
	return merged(recent, await newestOf(watch, where, MOST_SEEN));
}

/** IDs of what may come to be so, the newest first. @throws OneCodexError */
export async function waitingNow(watch: Watch): Promise<string[]> {
	const { notYet } = watch.event;
	return notYet ? [...(await newestOf(watch, notYet, MOST_WAITING)).entries.keys()] : [];
}
