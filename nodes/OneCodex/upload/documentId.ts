import { OneCodexError } from '../errors';

/**
 * The ID (16 lower-case hex digits) in whatever names a document: the ID itself, a `$uri`, the
 * string of a `$ref`, or an address whose path ends in /documents/<id>.
 *
 * @throws OneCodexError (input)
 */
export function documentId(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const found =
		/^(?:(?:https?:\/\/[^/?#]+)?(?:\/[^?#]*)?\/documents\/)?([0-9a-f]{16})\/?(?:[?#].*)?$/.exec(
			text,
		);
	if (found) return found[1];
	throw new OneCodexError('input', text ? 'Document ID is not an ID' : 'Document ID is empty', {
		description:
			'It has 16 hex digits (0-9, a-f), as document_id of Init Upload. An address that ends in /documents/<ID> works too.',
	});
}
