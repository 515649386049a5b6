import type { IDataObject } from 'n8n-workflow';

import { idOfReference } from '../OneCodex/api/answers/shape';
import { listQuery } from '../OneCodex/api/query';
import { listPage, MOST_PER_PAGE, pageOf, pagesFrom, type ListPage } from '../OneCodex/api/pages';
import type { Entry } from './entry';
import { timeOf, type Event } from './events';
import type { Watch } from './watch';

export interface Listed {
	entry: Entry;
	/** When it came to be so (ms). */
	time: number;
}

/** A list, by the IDs of its entries. */
export interface List {
	entries: Map<string, Listed>;
	/** The time that it was asked for by. */
	by?: Event['time'];
	/** How many One Codex says that there are, where it says so and they all came. */
	total?: number;
	/** Whether nothing can have slipped from one page into another that was read before. */
	isWhole: boolean;
	/** Whether an entry has not the time that the event goes by. */
	isUntimed: boolean;
	/** One Codex's time at the first page (ms), where it tells. */
	at?: number;
}

/** The newest come first, so that what is created meanwhile shifts nothing out of the pages. */
const NEWEST_FIRST = { created_at: true };

/** One Codex's `where` for what has such a time since another (ms). */
export const since = (by: Event['time'], from: number) => ({
	[by]: { $gte: new Date(from).toISOString() },
});

/**
 * The entries that have such a time since another (ms), page by page, with a key that may not be known.
 *
 * @param isKnown ends it after the first page of several: the list is as it was
 * @returns undefined where it was ended
 * @throws OneCodexError
 */
export async function listSince(watch: Watch, by: Event['time'], from: number): Promise<List>;
export async function listSince(
	watch: Watch,
	by: Event['time'],
	from: number,
	isKnown: (first: ListPage<Entry>) => boolean,
): Promise<List | undefined>;
export async function listSince(
	watch: Watch,
	by: Event['time'],
	from: number,
	isKnown: (first: ListPage<Entry>) => boolean = () => false,
): Promise<List | undefined> {
	const first = await firstPage(watch, { ...watch.where, ...since(by, from) });
	if (first.next && isKnown(first)) return undefined;
	return { ...(await listFrom(watch, first)), by };
}

/** What a `where` finds, the newest alone where there are more than `most`. @throws OneCodexError */
export async function newestOf(watch: Watch, where: IDataObject, most?: number): Promise<List> {
	const { context, event, settings } = watch;
	const { read, isByCursor } = event.kind;
	const page = { ...pageOfAll(watch, where), isByCursor };
	return await listFrom(watch, await pageOf(context, page, read, settings), most);
}

/** The list that begins with a page, to its end or until there are so many. @throws OneCodexError */
export async function listFrom(
	watch: Watch,
	first: ListPage<Entry>,
	most = Infinity,
): Promise<List> {
	const { event } = watch;
	const { total: stated, at } = first;
	const list: List = { entries: new Map(), isWhole: true, isUntimed: false, total: stated, at };
	let before = stated ?? 0;
	for await (const { entries, total } of pagesAfter(watch, first)) {
		for (const entry of entries.slice(0, most - list.entries.size)) {
			list.entries.set(idOf(entry), { entry, time: timeOf(entry, event) });
			list.isUntimed ||= !entry[event.time];
		}
		// What was deleted meanwhile has shifted others out of the pages that are to come.
		list.isWhole &&= (total ?? 0) >= before;
		before = total ?? 0;
		if (total !== list.total) list.total = undefined;
		if (list.entries.size >= most) break;
	}
	if (list.entries.size !== list.total) list.total = undefined;
	return list;
}

/** A list with what is in others, too. */
export function merged(list: List, ...others: List[]): List {
	const all = [list, ...others];
	return {
		...list,
		entries: new Map(all.flatMap(({ entries }) => [...entries])),
		isWhole: all.every(({ isWhole }) => isWhole),
		isUntimed: all.some(({ isUntimed }) => isUntimed),
	};
}

/** The newest entries that a `where` finds, with a key that may not be known. */
export async function firstPage(
	watch: Watch,
	where: IDataObject,
	per_page = MOST_PER_PAGE,
): Promise<ListPage<Entry>> {
	const { context, event, settings } = watch;
	const page = pageOfAll(watch, where, per_page);
	return await listPage(context, page, event.kind.read, settings);
}

function pageOfAll({ event }: Watch, where: IDataObject, per_page = MOST_PER_PAGE) {
	return { path: event.kind.path, qs: { ...listQuery({ where, sort: NEWEST_FIRST }), per_page } };
}

/** A page and those after it. */
export const pagesAfter = ({ context, event, settings }: Watch, first: ListPage<Entry>) =>
	pagesFrom(context, first, event.kind.read, settings);

export const idOf = (entry: Entry): string => String(idOfReference(entry));
