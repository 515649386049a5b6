import { OneCodexError } from '../errors/oneCodexError';
import { isObject } from '../types';

/** One Codex's IDs, of documents and users alike. */
export const ID = '[0-9a-f]{16}';

/** An address whose path ends in the collection and an ID, which it captures. */
export const addressPattern = (collection: string): string =>
	`^(?:https?://[^/?#]+)?(?:/[^?#]*)?/${collection}/(${ID})/?(?:[?#].*)?$`;

/**
 * The ID of a document, in whatever names one: the ID itself, a `$uri`, the string of a `$ref`, or
 * an address whose path ends in /documents/<id>. Takes what a resource locator holds, too.
 *
 * @throws OneCodexError (input)
 */
export function documentId(value: unknown): string {
	return idOf(value, 'documents', 'Document ID');
}

/** The same for a user: /users/<id>. @throws OneCodexError (input) */
export function userId(value: unknown): string {
	return idOf(value, 'users', 'User ID');
}

/** The same for a sample: /samples/<id>. @throws OneCodexError (input) */
export function sampleId(value: unknown): string {
	return idOf(value, 'samples', 'Sample ID');
}

/** The same for a project: /projects/<id>. @throws OneCodexError (input) */
export function projectId(value: unknown): string {
	return idOf(value, 'projects', 'Project ID');
}

function idOf(parameter: unknown, collection: string, name: string): string {
	const value = isObject(parameter) && '__rl' in parameter ? parameter.value : parameter;
	const text = typeof value === 'string' ? value.trim() : '';
	const address = new RegExp(addressPattern(collection)).exec(text);
	if (address) return address[1];
	if (new RegExp(`^${ID}$`).test(text)) return text;
	throw new OneCodexError('input', text ? `${name} is not an ID` : `${name} is empty`, {
		description: `It has 16 hex digits (0-9, a-f). An address that ends in /${collection}/<ID> works too.`,
	});
}
