import { isObject, type JsonObject } from './body';
import { checkStyle, pageAfterCursor, wantsCursor } from './cursor';
import { ApiError } from './errors';
import { perhapsExpanded } from './expand';
import type { Kinds } from './kinds';
import { paginate } from './pagination';
import type { ApiAnswer, ApiCall } from './router';
import { parseSort } from './sort';
import { parseWhere } from './where';

function clause(url: URL, name: string): JsonObject {
	const json = url.searchParams.get(name) ?? '{}';
	let parsed: unknown;
	try {
		parsed = JSON.parse(json);
	} catch {
		throw new ApiError(400, `${name} is no JSON: ${json}`);
	}
	if (!isObject(parsed)) throw new ApiError(400, `${name} must be a JSON object.`);
	return parsed;
}

type ListCall = Pick<ApiCall, 'state' | 'url' | 'headers' | 'authenticated'>;

const expandedPage = (call: ListCall, page: ApiAnswer): ApiAnswer => ({
	...page,
	body: (page.body as JsonObject[]).map((resource) => perhapsExpanded(call, resource)),
});

/** What is asked for, and its order. Without a key there is nothing, whatever is asked for. */
function asked({ url, authenticated }: ListCall, resources: () => JsonObject[], kinds: Kinds) {
	const matches = parseWhere(clause(url, 'where'), kinds);
	const order = parseSort(clause(url, 'sort'), kinds);
	return { matching: authenticated ? resources().filter(matches) : [], order };
}

/**
 * The page of a list that a request asks for with `where`, `sort`, `page` and `per_page`. What the
 * sort leaves open stays in the order given.
 *
 * @throws ApiError 400
 */
export function answerList(call: ListCall, resources: () => JsonObject[], kinds: Kinds): ApiAnswer {
	const { matching, order } = asked(call, resources, kinds);
	return expandedPage(call, paginate(call.url, matching.sort(order)));
}

/**
 * The same of a list that can be asked for by cursor, too.
 *
 * @throws ApiError 400
 */
export function answerCursorList(
	call: ListCall,
	resources: () => JsonObject[],
	kinds: Kinds,
): ApiAnswer {
	checkStyle(call.url, call.headers);
	if (!wantsCursor(call.headers)) return answerList(call, resources, kinds);
	const { matching, order } = asked(call, resources, kinds);
	return expandedPage(call, pageAfterCursor(call.url, matching, order));
}

/** One resource, or what was made of it. */
export const answerOne = (
	call: Pick<ApiCall, 'state' | 'url'>,
	resource: JsonObject,
): ApiAnswer => ({
	status: 200,
	body: perhapsExpanded(call, resource),
});
