import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { showForResource } from './showFor';
import { instantOf } from './instant';
import { bytes, range } from './where';

/** The collection of a Get Many's filters, of which the user adds those that are wanted. */
export const filtersField = (
	showFor: ReturnType<typeof showForResource>,
	options: INodeProperties[],
): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	displayOptions: showFor('getAll'),
	options,
});

/** The filters' names as the editor has them, by the names of the fields. */
export const namesOf = ({ options }: INodeProperties): Record<string, string> =>
	Object.fromEntries(
		(options as INodeProperties[]).map(({ name, displayName }) => [name, displayName]),
	);

/** @param what it lists: 'samples' */
export const createdFilters = (what: string): INodeProperties[] => [
	{
		displayName: 'Created After',
		name: 'createdAfter',
		type: 'dateTime',
		default: '',
		description: `Only ${what} created at this time or later`,
	},
	{
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		description: `Only ${what} created at this time or earlier`,
	},
];

/**
 * One Codex's `where` for these; {} for none.
 *
 * @param timezone that of dates that name none
 * @throws OneCodexError (input) that names the filter
 */
export function createdWhere(
	{ createdAfter, createdBefore }: Record<string, unknown>,
	timezone: string,
): IDataObject {
	const created_at = range(
		instantOf(createdAfter, 'Created After', timezone),
		instantOf(createdBefore, 'Created Before', timezone),
	);
	return created_at ? { created_at } : {};
}

/** @param what it lists: 'samples' */
export const sizeFilters = (what: string): INodeProperties[] => [
	{
		displayName: 'Max Size',
		name: 'maxSize',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: `Only ${what} of at most so many bytes. 0 is no limit.`,
	},
	{
		displayName: 'Min Size',
		name: 'minSize',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: `Only ${what} of at least so many bytes`,
	},
];

/** The same as {@link createdWhere}. @throws OneCodexError (input) that names the filter */
export function sizeWhere({ minSize, maxSize }: Record<string, unknown>): IDataObject {
	const size = range(bytes(minSize, 'Min Size'), bytes(maxSize, 'Max Size'));
	return size ? { size } : {};
}
