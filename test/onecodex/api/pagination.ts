import { ApiError } from './errors';
import type { ApiAnswer } from './router';

/** The older description's maximum; today's is not known. */
const MOST = 1000;

function positive(url: URL, name: string, fallback: number): number {
	const value = url.searchParams.get(name) ?? String(fallback);
	if (!/^[1-9]\d{0,8}$/.test(value)) {
		throw new ApiError(400, `${name} must be an integer of at least 1.`);
	}
	return Number(value);
}

/** @throws ApiError 400 for a per_page (default 50) that is no positive integer, or above 1000. */
export function perPageOf(url: URL): number {
	const perPage = positive(url, 'per_page', 50);
	if (perPage > MOST) throw new ApiError(400, `per_page must be at most ${MOST}.`);
	return perPage;
}

/**
 * One page of a list, with the headers `Link` (self, next, prev, first, last) and `X-Total-Count`.
 *
 * @throws ApiError 400 for a page or a per_page that is no positive integer.
 */
export function paginate(url: URL, instances: unknown[]): ApiAnswer {
	const page = positive(url, 'page', 1);
	const perPage = perPageOf(url);
	const last = Math.max(1, Math.ceil(instances.length / perPage));
	const pages = { self: page, next: page + 1, prev: page - 1, first: 1, last };

	const link = Object.entries(pages)
		.filter(([rel, to]) => rel === 'self' || (to >= 1 && to <= last))
		.map(([rel, to]) => {
			const query = new URLSearchParams(url.searchParams);
			query.set('page', String(to));
			query.set('per_page', String(perPage));
			return `<${url.pathname}?${query}>; rel="${rel}"`;
		});
	return {
		status: 200,
		headers: { Link: link.join(', '), 'X-Total-Count': instances.length },
		body: instances.slice((page - 1) * perPage, page * perPage),
	};
}
