import type { ListPage } from '../OneCodex/api/pages';
import type { Cursor } from './cursor';
import type { Entry } from './entry';
import type { Event } from './events';
import { MOST_SAMPLES } from './filters';
import { idOf, listSince, merged, newestOf, since, type List } from './list';
import type { Watch } from './watch';

/** A list that seems to be as it was is read as a whole from time to time, all the same. */
const WHOLE_AGAIN_MS = 60 * 60 * 1000;

/**
 * What may be new since a cursor was kept, in one request where that is enough: One Codex need not tell
 * when an entry was changed, and what has no such time is not found by it.
 *
 * @param mayEnd whether the first page of several is enough where the list is as it was
 * @returns undefined where it was enough
 * @throws OneCodexError
 */
export async function listNew(
	watch: Watch,
	cursor: Cursor,
	mayEnd: boolean,
): Promise<List | undefined> {
	const { event } = watch;
	const { from, seen, untimed, waiting } = cursor;
	const list = async (by: Event['time'], isSame = true) =>
		await listSince(watch, by, from, (first) => mayEnd && isSame && isKnown(first, by, cursor));

	const isCreatedSince = event.notYet && !waiting.length;
	if (isCreatedSince || event.time === 'created_at') return await list('created_at');
	const isTimed = !untimed && Object.keys(seen).length > 0;
	if (isTimed) return await list('updated_at');

	const others = await listOthers(watch, cursor);
	const areSeen = others.every(({ entries }) => [...entries.keys()].every((id) => id in seen));
	// By the time that it is likely to be asked for by next, too: so the next poll knows the list.
	const found = await list(untimed ? 'created_at' : 'updated_at', areSeen);
	return found && merged(found, ...others);
}

/** What may be new, and has not the time that is asked for by. */
async function listOthers(watch: Watch, { from, untimed, waiting }: Cursor): Promise<List[]> {
	const { event, where } = watch;
	const by = untimed ? 'updated_at' : 'created_at';
	const others = await newestOf(watch, { ...where, ...since(by, from) });
	if (!waiting.length || '$uri' in where) return [others];
	const paths = waiting.slice(0, MOST_SAMPLES).map((id) => `${event.kind.path}/${id}`);
	return [others, await newestOf(watch, { ...where, $uri: { $in: paths } })];
}

/** Of a list in several pages, by the first one, whether it is as it was. */
function isKnown(
	{ entries, total, at }: ListPage<Entry>,
	by: Event['time'],
	cursor: Cursor,
): boolean {
	return (
		total !== undefined &&
		total === cursor.total &&
		by === cursor.by &&
		(at ?? cursor.at) - cursor.at < WHOLE_AGAIN_MS &&
		entries.every((entry) => idOf(entry) in cursor.seen)
	);
}
