import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toPartOfFileName } from '../../api/fileName';
import { userId } from '../../api/ids';
import { USERS_PATH } from '../../api/paths';
import { textOf, whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import {
	createdFilters,
	createdWhere,
	filtersField,
	namesOf,
	sizeFilters,
	sizeWhere,
} from '../shared/filters';
import { givenFilters, isGiven } from '../shared/where';
import { showFor } from './fields';

export const documentFilters: INodeProperties = filtersField(showFor, [
	...createdFilters('documents'),
	{
		displayName: 'File Name Contains',
		name: 'filename',
		type: 'string',
		default: '',
		placeholder: 'e.g. report',
		description:
			'Only documents whose file name has this in it, in capital or small letters. Letters and signs that are replaced in the name of an upload are replaced here, too.',
	},
	...sizeFilters('documents'),
	{
		displayName: 'Uploader ID',
		name: 'uploaderId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5891ee65711c4d5e',
		description:
			'Only documents that this user uploaded: the ID, a <code>$uri</code> or a <code>$ref</code>',
	},
]);

const FILTER_NAMES = namesOf(documentFilters);

/**
 * One Codex's `where` for these filters; {} for none. Both ends of a range go in one `$between`,
 * for the API takes one operator for a field.
 *
 * @param timezone that of dates that name none
 * @throws OneCodexError (input) that names the filter
 */
export function whereOf(filters: unknown, timezone: string): IDataObject {
	const given = givenFilters(filters, FILTER_NAMES);
	const { filename, uploaderId } = given;
	return {
		...(isGiven(filename) && { filename: { $icontains: partOfName(filename) } }),
		...createdWhere(given, timezone),
		...sizeWhere(given),
		...(isGiven(uploaderId) && { uploader: { $ref: `${USERS_PATH}/${userId(uploaderId)}` } }),
	};
}

/** The part of a name, as the names of documents have it. */
function partOfName(filename: unknown): string {
	const text = textOf(filename);
	const part = text && toPartOfFileName(text);
	if (part) return part;
	const message =
		text === undefined
			? `File Name Contains is ${whatItIs(filename)}, not text`
			: 'File Name Contains has nothing in it that the name of a document can have';
	throw new OneCodexError('input', message, {
		description: 'Names have letters, digits, dash, underscore and period. Or remove the filter.',
	});
}
