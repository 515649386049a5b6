import type { OneCodexStandIn } from '../onecodex';

/** What the lists of a collection were asked for, one after the other. */
export const listsOf = ({ requests, baseUrl }: OneCodexStandIn, collection: string) =>
	requests
		.map(({ path }) => new URL(path, baseUrl))
		.filter(({ pathname }) => pathname === `/api/v1/${collection}`)
		.map(({ searchParams }) => Object.fromEntries(searchParams));
