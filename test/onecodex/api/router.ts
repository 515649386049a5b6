import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { StandInState } from '../state';
import { ApiError } from './errors';
import type { JsonObject } from './body';

/** One request to one route. */
export interface ApiCall {
	state: StandInState;
	/** The bucket's root. */
	uploadUrl: string;
	authenticated: boolean;
	url: URL;
	/** What stands at the `:name` segments of the route's path. */
	params: Record<string, string>;
	headers: IncomingHttpHeaders;
	/** @throws ApiError 400 unless the body is a JSON object that the API's description allows. */
	json(): JsonObject;
}

export interface ApiAnswer {
	status: number;
	headers?: OutgoingHttpHeaders;
	/** Sent as JSON; absent for an answer without a body. */
	body?: unknown;
	/** Sent as plain text, of which the body is the whole. */
	isText?: boolean;
}

export interface Route {
	method: string;
	/** Segments that begin with a colon match any one segment. */
	path: string;
	/** Answers callers without a key too. Everything else tells them 401. */
	anonymous?: boolean;
	handle(call: ApiCall): ApiAnswer;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
	const expected = pattern.split('/');
	const actual = path.split('/');
	if (expected.length !== actual.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, segment] of expected.entries()) {
		if (segment.startsWith(':') && actual[index]) params[segment.slice(1)] = actual[index];
		else if (segment !== actual[index]) return undefined;
	}
	return params;
}

/**
 * The first path that matches decides, so literal paths stand before those with parameters.
 *
 * @throws ApiError 404 for an unknown path, 405 for a known one with another method.
 */
export function findRoute(routes: Route[], method: string, path: string) {
	const matching = routes.find((route) => matchPath(route.path, path));
	if (!matching) throw new ApiError(404, 'The requested URL was not found.');
	const route = routes.find((each) => each.path === matching.path && each.method === method);
	if (!route) throw new ApiError(405, 'The method is not allowed for the requested URL.');
	return { route, params: matchPath(route.path, path) ?? {} };
}
