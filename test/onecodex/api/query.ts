import { isObject, type JsonObject } from './body';
import { ApiError } from './errors';
import type { Kinds } from './kinds';
import { paginate } from './pagination';
import type { ApiAnswer } from './router';
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

/**
 * The page of a list that a request asks for with `where`, `sort`, `page` and `per_page`. What the
 * sort leaves open stays in the order given.
 *
 * @throws ApiError 400
 */
export function answerList(url: URL, resources: JsonObject[], kinds: Kinds): ApiAnswer {
	const matches = parseWhere(clause(url, 'where'), kinds);
	const order = parseSort(clause(url, 'sort'), kinds);
	return paginate(url, resources.filter(matches).sort(order));
}
