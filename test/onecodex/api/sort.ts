import type { JsonObject } from './body';
import { ApiError } from './errors';
import type { Comparable, Kinds } from './kinds';

/** What has no value comes last, and so first in the other direction: as in PostgreSQL. */
function compare(left: Comparable | undefined, right: Comparable | undefined): number {
	if (left === right) return 0;
	if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
	return left < right ? -1 : 1;
}

/**
 * The order that a `sort` clause asks for: `{"<field>": <descending>}`, the first field first. The
 * API's description says it of `{"created_at": true}`; the flag is Flask-Potion's "reverse".
 *
 * @throws ApiError 400 that names the field that is unknown or whose flag is no boolean.
 */
export function parseSort(
	sort: JsonObject,
	kinds: Kinds,
): (left: JsonObject, right: JsonObject) => number {
	const keys = Object.entries(sort).map(([name, descending]) => {
		if (!Object.hasOwn(kinds, name) || !kinds[name].sortable) {
			throw new ApiError(400, `sort: ${name}: this field is unknown.`);
		}
		if (typeof descending !== 'boolean') {
			throw new ApiError(400, `sort: ${name}: true (descending) or false is required.`);
		}
		return { name, read: kinds[name].read, sign: descending ? -1 : 1 };
	});
	return (left, right) => {
		for (const { name, read, sign } of keys) {
			const order = sign * compare(read(left[name]), read(right[name]));
			if (order !== 0) return order;
		}
		return 0;
	};
}
