import type { IDataObject } from 'n8n-workflow';

import { OneCodexError } from '../errors/oneCodexError';
import { headerOf, headerValues, wholeNumber } from '../http/headers';
import { httpDate } from '../http/httpDate';
import { linkOf } from '../http/link';
import type { ApiContext } from '../types';
import { unexpected } from './answers/shape';
import { ACCOUNT_PATH } from './paths';
import { apiRequest, defaultSettings, type ApiSettings } from './request';

/** The most that One Codex's own client asks for at once. */
export const MOST_PER_PAGE = 100;

/** The list and what is asked of it, or the `next` of the page before. */
export type Page =
	| string
	| {
			path: string;
			qs: IDataObject;
			/** Whether to ask for the pages by cursor, as One Codex's own client does for samples. */
			isByCursor?: boolean;
	  };

export interface ListPage<T> {
	entries: T[];
	/** Path and query of the next page; undefined after the last one. */
	next?: string;
	/** How many entries all pages have together (X-Total-Count), where One Codex tells. */
	total?: number;
	/** One Codex's own time when it answered (Date), in milliseconds, where it tells. */
	at?: number;
}

/**
 * One page of a list, for a key that One Codex need not know: it answers one that it does not know
 * with an empty list, so then the account tells.
 *
 * @throws OneCodexError
 */
export async function listPage<T>(
	context: ApiContext,
	page: Page,
	read: (entry: unknown) => T,
	settings: ApiSettings = defaultSettings(context),
): Promise<ListPage<T>> {
	const list = await pageOf(context, page, read, settings);
	if (!list.entries.length && typeof page !== 'string') {
		const account = { method: 'GET', path: ACCOUNT_PATH } as const;
		await apiRequest(context, account, settings, () => undefined);
	}
	return list;
}

/**
 * One page of a list.
 *
 * @param read checks one entry
 * @throws OneCodexError
 */
export async function pageOf<T>(
	context: ApiContext,
	page: Page,
	read: (entry: unknown) => T,
	settings: ApiSettings = defaultSettings(context),
): Promise<ListPage<T>> {
	const request =
		typeof page === 'string'
			? { path: page, qs: undefined }
			: { path: page.path, qs: { per_page: MOST_PER_PAGE, ...page.qs } };
	const isByCursor = typeof page === 'string' ? CURSOR.test(page) : page.isByCursor;
	return await apiRequest(
		context,
		{
			method: 'GET',
			...request,
			...(isByCursor && { headers: { 'X-Pagination-Style': 'cursor' } }),
		},
		settings,
		(answer, headers) => {
			if (!Array.isArray(answer)) throw unexpected('with a list', 'an array');
			const list = {
				entries: answer.map(read),
				total: wholeNumber(headerOf(headers, 'x-total-count') ?? ''),
				at: httpDate(headerOf(headers, 'date') ?? ''),
			};
			const cursor = headers['x-next-cursor'];
			if (isByCursor && typeof cursor === 'string' && cursor) {
				return { ...list, next: pageAfter(request, cursor) };
			}
			return { ...list, next: nextPage(headerValues(headers, 'link'), request.path) };
		},
	);
}

/**
 * The entries of a whole list, page by page, for as long as they are wanted.
 *
 * @throws OneCodexError
 */
export async function* allEntries<T>(
	context: ApiContext,
	first: Page,
	read: (entry: unknown) => T,
	settings: ApiSettings,
): AsyncGenerator<T> {
	const page = await pageOf(context, first, read, settings);
	for await (const { entries } of pagesFrom(context, page, read, settings)) yield* entries;
}

/**
 * A page of a list and those after it, for as long as they are wanted.
 *
 * @throws OneCodexError
 */
export async function* pagesFrom<T>(
	context: ApiContext,
	first: ListPage<T>,
	read: (entry: unknown) => T,
	settings: ApiSettings = defaultSettings(context),
): AsyncGenerator<ListPage<T>> {
	const asked = new Set<string>();
	for (let page = first; ; ) {
		yield page;
		// A list that leads back into itself would never end.
		if (page.next === undefined || asked.has(page.next)) return;
		asked.add(page.next);
		page = await pageOf(context, page.next, read, settings);
	}
}

/** In the address of a page that was asked for by cursor. */
const CURSOR = /[?&]cursor=/;

/** The same list from its cursor on. */
function pageAfter({ path, qs = {} }: { path: string; qs?: IDataObject }, cursor: string): string {
	const url = new URL(path, 'https://x');
	for (const [name, value] of Object.entries(qs)) url.searchParams.set(name, String(value));
	url.searchParams.set('cursor', cursor);
	return url.pathname + url.search;
}

/**
 * The next page by the Link header (RFC 8288), as One Codex gives it. Only its path and query are
 * taken, and only of the same list: the key goes along with it.
 *
 * @param header the header's value, or its values
 * @param path that was asked, from the base URL on
 */
export function nextPage(header: unknown, path: string): string | undefined {
	const values = [header].flat().filter((value) => typeof value === 'string');
	const target = linkOf(values.join(', '), 'next');
	if (target === undefined) return undefined;
	const asked = new URL(path, 'https://x');
	const url = URL.canParse(target, asked.href) ? new URL(target, asked) : undefined;
	// A gateway may have One Codex under a path of its own.
	if (!url?.pathname.endsWith(asked.pathname)) {
		throw new OneCodexError('service', 'One Codex gave a next page that is of another list', {
			description: 'Check the Base URL of the credential, and for a proxy in between.',
		});
	}
	return asked.pathname + url.search;
}
