import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toPartOfSampleFileName } from '../../api/fileName';
import { projectId } from '../../api/ids';
import { PROJECTS_PATH } from '../../api/paths';
import { textOf, whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import { choice } from '../shared/choice';
import { instantOf } from '../shared/instant';
import { bytes, isGiven, range } from '../shared/where';
import { showFor } from './fields';
import { textUpTo } from './metadataText';
import { SIGNS_OF_SAMPLES } from './uploadHints';

const STATUSES = ['available', 'awaiting_data', 'failed_validation', 'importing', 'validating'];

/** What the API's list knows, of which the first three are for people to choose from. */
const VISIBILITIES = ['private', 'public', 'shared', 'importing', 'awaiting data'];

/** Characters of a file's name. */
const LONGEST_NAME = 255;

const titleOf = (status: string) =>
	status.replace(/_/g, ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

export const sampleFilters: INodeProperties = {
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
			description: 'Only samples created at this time or later',
		},
		{
			displayName: 'Created Before',
			name: 'createdBefore',
			type: 'dateTime',
			default: '',
			description: 'Only samples created at this time or earlier',
		},
		{
			displayName: 'External Sample ID',
			name: 'externalSampleId',
			type: 'string',
			default: '',
			placeholder: 'e.g. LIMS-2026-00123',
			description:
				'Only the sample that has this ID elsewhere, such as in a LIMS. Own samples only.',
		},
		{
			displayName: 'File Name Contains',
			name: 'filename',
			type: 'string',
			default: '',
			placeholder: 'e.g. stool',
			description: 'Only samples whose file name has this in it, in capital or small letters',
		},
		{
			displayName: 'Max Size',
			name: 'maxSize',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Only samples of at most so many bytes. 0 is no limit.',
		},
		{
			displayName: 'Min Size',
			name: 'minSize',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description: 'Only samples of at least so many bytes',
		},
		{
			displayName: 'Project ID',
			name: 'projectId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5891ee65711c4d5e',
			description:
				'Only samples of this project: the ID, a <code>$uri</code> or a <code>$ref</code>',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: STATUSES.map((value) => ({ name: titleOf(value), value })),
			default: 'available',
			description: 'Only samples in this state of their upload',
		},
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'string',
			default: '',
			placeholder: 'e.g. urgent',
			description: 'Only samples that have this tag, by its name',
		},
		{
			displayName: 'Visibility',
			name: 'visibility',
			type: 'options',
			options: VISIBILITIES.slice(0, 3).map((value) => ({ name: titleOf(value), value })),
			default: 'private',
			description: 'Only samples that are seen by these people',
		},
	],
};

/** As the editor has them. */
export const FILTER_NAMES = Object.fromEntries(
	(sampleFilters.options as INodeProperties[]).map(({ name, displayName }) => [name, displayName]),
);

/**
 * One Codex's `where` for these filters but tag and external ID, which are looked up; {} for none.
 *
 * @param timezone that of dates that name none
 * @throws OneCodexError (input) that names the filter
 */
export function whereOf(filters: IDataObject, timezone: string): IDataObject {
	const { filename, status, visibility, projectId: project } = filters;
	const created_at = range(
		instantOf(filters.createdAfter, 'Created After', timezone),
		instantOf(filters.createdBefore, 'Created Before', timezone),
	);
	const size = range(bytes(filters.minSize, 'Min Size'), bytes(filters.maxSize, 'Max Size'));
	return {
		...(isGiven(filename) && { filename: { $icontains: partOfName(filename) } }),
		...(isGiven(status) && { status: { $eq: choice(status, STATUSES, 'Status') } }),
		...(isGiven(visibility) && {
			visibility: { $eq: choice(visibility, VISIBILITIES, 'Visibility') },
		}),
		...(isGiven(project) && { project: { $ref: `${PROJECTS_PATH}/${projectId(project)}` } }),
		...(created_at && { created_at }),
		...(size && { size }),
	};
}

/** The part of a name, as the names of samples' files have it. @throws OneCodexError (input) */
function partOfName(filename: unknown): string {
	const part = toPartOfSampleFileName(textIn(filename, 'File Name Contains', LONGEST_NAME));
	if (part) return part;
	const message = 'File Name Contains has nothing in it that the name of a sample can have';
	throw new OneCodexError('input', message, {
		description: `Names have ${SIGNS_OF_SAMPLES}. Or remove the filter.`,
	});
}

/** @throws OneCodexError (input) for what is no text, or longer than what it is a filter for */
export function textIn(value: unknown, name: string, longest: number): string {
	const text = textOf(value);
	if (text) return textUpTo(longest)(text, name);
	throw new OneCodexError('input', `${name} is ${whatItIs(value)}, not text`, {
		description: 'Give text, or remove the field.',
	});
}
