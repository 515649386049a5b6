import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type JsonObject, parseJson } from './body';
import { ApiError } from './errors';
import { perPageOf } from './pagination';
import type { ApiAnswer } from './router';

/** Where a page ends: the last resource on it, and how many there were up to it. */
interface Place {
	after: string;
	count: number;
	/** What was asked for: another query's pages have other ends. */
	query: string;
}

const STYLE = 'x-pagination-style';

/** Lists of samples and metadata alone: the vendor's client asks for their pages so, and of no other. */
export const wantsCursor = (headers: IncomingHttpHeaders): boolean => headers[STYLE] === 'cursor';

const encode = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

const queryOf = ({ pathname, searchParams }: URL): string =>
	[pathname, searchParams.get('where') ?? '{}', searchParams.get('sort') ?? '{}'].join(' ');

/** @throws ApiError 400 for a cursor that was not given for this query. */
function decode(url: URL, cursor: string): Place {
	const place = parseJson(Buffer.from(cursor, 'base64url'));
	if (!isObject(place) || place.query !== queryOf(url)) {
		throw new ApiError(400, 'cursor: it was not given for this query.');
	}
	return place as unknown as Place;
}

/** @throws ApiError 400 for a cursor without the header, or with it a page number. */
export function checkStyle(url: URL, headers: IncomingHttpHeaders): void {
	const misplaced = wantsCursor(headers) ? 'page' : 'cursor';
	if (!url.searchParams.has(misplaced)) return;
	throw new ApiError(400, `${misplaced}: not with this X-Pagination-Style.`);
}

/**
 * One page of a list by cursor: `X-Next-Cursor` says where the next one begins, and is absent on the
 * last. What comes or goes meanwhile shifts no page.
 *
 * @throws ApiError 400
 */
export function pageAfterCursor(url: URL, instances: JsonObject[]): ApiAnswer {
	const cursor = url.searchParams.get('cursor');
	const place = cursor === null ? undefined : decode(url, cursor);
	const found = place ? instances.findIndex(({ $uri }) => $uri === place.after) : -1;
	const start = found >= 0 ? found + 1 : (place?.count ?? 0);
	const end = start + perPageOf(url);
	const next = { after: String(instances[end - 1]?.$uri), count: end, query: queryOf(url) };
	return {
		status: 200,
		headers: end < instances.length ? { 'X-Next-Cursor': encode(next) } : {},
		body: instances.slice(start, end),
	};
}
