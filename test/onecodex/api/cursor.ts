import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type JsonObject, parseJson } from './body';
import { ApiError } from './errors';
import { perPageOf } from './pagination';
import type { ApiAnswer } from './router';

type Order = (left: JsonObject, right: JsonObject) => number;

/** Where a page ends: the last resource on it, as it was then. */
interface Place {
	last: JsonObject;
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

const by =
	(read: (resource: JsonObject) => string | number): Order =>
	(left, right) => {
		const [one, other] = [read(left), read(right)];
		return one === other ? 0 : one < other ? -1 : 1;
	};
const byAge = by(({ created_at: at }) => (at === undefined ? 0 : Date.parse(String(at))));
const byUri = by(({ $uri }) => String($uri));

/** What the order leaves open goes by age, then by `$uri`: so that each has its one place. */
const total =
	(order: Order): Order =>
	(left, right) =>
		order(left, right) || byAge(left, right) || byUri(left, right);

/**
 * One page of a list by cursor: `X-Next-Cursor` says where the next one begins, and is absent on the
 * last. What comes or goes meanwhile shifts no page.
 *
 * @throws ApiError 400
 */
export function pageAfterCursor(url: URL, instances: JsonObject[], order: Order): ApiAnswer {
	const compare = total(order);
	const sorted = [...instances].sort(compare);
	const cursor = url.searchParams.get('cursor');
	const place = cursor === null ? undefined : decode(url, cursor);
	const rest = place ? sorted.filter((each) => compare(each, place.last) > 0) : sorted;
	const page = rest.slice(0, perPageOf(url));
	const next = { last: page[page.length - 1], query: queryOf(url) };
	return {
		status: 200,
		headers: page.length < rest.length ? { 'X-Next-Cursor': encode(next) } : {},
		body: page,
	};
}
