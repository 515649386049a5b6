import type { IDataObject } from 'n8n-workflow';

import { idOfReference } from '../OneCodex/api/answers/shape';
import { listQuery } from '../OneCodex/api/query';
import {
	allEntries,
	listPage,
	MOST_PER_PAGE,
	pagesFrom,
	type ListPage,
} from '../OneCodex/api/pages';
import type { Entry } from './entry';
import { timeOf } from './events';
import type { Watch } from './watch';

export interface Listed {
	entry: Entry;
	/** When it came to be so (ms). */
	time: number;
}

/** A list, by the IDs of its entries. */
export interface List {
	entries: Map<string, Listed>;
	/** How many One Codex says that there are, where it says so and they all came. */
	total?: number;
	/** Whether nothing can have slipped from one page into another that was read before. */
	isWhole: boolean;
	/** One Codex's time at the first page (ms), where it tells. */
	at?: number;
}

/** The newest come first, so that what is created meanwhile shifts nothing out of the pages. */
const NEWEST_FIRST = { created_at: true };

/**
 * The entries that are so since a time, page by page.
 *
 * @param isKnown ends it after the first page of several: the list is as it was
 * @returns undefined where it was ended
 * @throws OneCodexError
 */
export async function listSince(
	watch: Watch,
	from: number,
	isKnown: (first: ListPage<Entry>) => boolean = () => false,
): Promise<List | undefined> {
	const { event, where } = watch;
	const since = { [event.time]: { $gte: new Date(from).toISOString() } };
	const first = await firstPage(watch, { ...where, ...since });
	if (first.next && isKnown(first)) return undefined;

	const list: List = { entries: new Map(), isWhole: true, total: first.total, at: first.at };
	let before = first.total ?? 0;
	for await (const { entries, total } of pagesAfter(watch, first)) {
		for (const entry of entries) {
			list.entries.set(idOf(entry), { entry, time: timeOf(entry, event) });
		}
		// What was deleted meanwhile has shifted others out of the pages that are to come.
		list.isWhole &&= (total ?? 0) >= before;
		before = total ?? 0;
		if (total !== list.total) list.total = undefined;
	}
	if (list.entries.size !== list.total) list.total = undefined;
	return list;
}

/** The IDs of what a `where` finds, the newest alone where there are more. @throws OneCodexError */
export async function newestIds(watch: Watch, where: IDataObject, most: number): Promise<string[]> {
	const ids: string[] = [];
	const { context, event, settings } = watch;
	const { read, isByCursor } = event.kind;
	const page = { ...pageOfAll(watch, where), isByCursor };
	const entries = allEntries(context, page, read, settings);
	for await (const entry of entries) {
		ids.push(idOf(entry));
		if (ids.length === most) break;
	}
	return ids;
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
