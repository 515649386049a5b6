import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toPartOfFileName } from '../../api/fileName';
import { userId } from '../../api/ids';
import { USERS_PATH } from '../../api/paths';
import { textOf, whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import { instantOf } from '../shared/instant';
import { bytes, givenFilters, isGiven, range } from '../shared/where';
import { showFor } from './fields';

export const documentFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	displayOptions: showFor('getAll'),
	options: [
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: 'Only documents created at this time or later',
		},
		{
			displayName: 'Created Before',
			name: 'createdBefore',
			type: 'dateTime',
			default: '',
			description: 'Only documents created at this time or earlier',
		},
		{
			displayName: 'File Name Contains',
			name: 'filename',
			type: 'string',
			default: '',
			placeholder: 'e.g. report',
			description:
				'Only documents whose name has this in it, in capital or small letters. Letters and signs that are replaced in the name of an upload are replaced here, too.',
		},
		{
			displayName: 'Max Size',
			name: 'maxSize',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Only documents of at most so many bytes. 0 is no limit.',
		},
		{
			displayName: 'Min Size',
			name: 'minSize',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Only documents of at least so many bytes',
		},
		{
			displayName: 'Uploader ID',
			name: 'uploaderId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5891ee65711c4d5e',
			description:
				'Only documents that this user uploaded: the ID, a <code>$uri</code> or a <code>$ref</code>',
		},
	],
};

const FILTER_NAMES = Object.fromEntries(
	(documentFilters.options as INodeProperties[]).map(({ name, displayName }) => [
		name,
		displayName,
	]),
);

/**
 * One Codex's `where` for these filters; {} for none. Both ends of a range go in one `$between`,
 * for the API takes one operator for a field.
 *
 * @param timezone that of dates that name none
 * @throws OneCodexError (input) that names the filter
 */
export function whereOf(filters: unknown, timezone: string): IDataObject {
	const { filename, createdAfter, createdBefore, minSize, maxSize, uploaderId } = givenFilters(
		filters,
		FILTER_NAMES,
	);
	const created_at = range(
		instantOf(createdAfter, 'Created After', timezone),
		instantOf(createdBefore, 'Created Before', timezone),
	);
	const size = range(bytes(minSize, 'Min Size'), bytes(maxSize, 'Max Size'));
	return {
		...(isGiven(filename) && { filename: { $icontains: partOfName(filename) } }),
		...(created_at && { created_at }),
		...(size && { size }),
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
