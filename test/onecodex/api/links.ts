import { isObject } from './body';

export const uriOf = (collection: string, id: string): string => `/api/v1/${collection}/${id}`;

export const refTo = (collection: string, id: string) => ({ $ref: uriOf(collection, id) });

export const refOrNull = (collection: string, id: string | null) =>
	id === null ? null : refTo(collection, id);

/** The id in `{"$ref"}`, in a whole object's `$uri` or in a bare id, as far as a body may have them. */
export function idIn(value: unknown): string {
	const place = isObject(value) ? (value.$ref ?? value.$uri) : value;
	return String(place).replace(/^.*\//, '');
}
