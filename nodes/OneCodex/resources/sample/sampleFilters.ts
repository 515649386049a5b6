import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toPartOfSampleFileName } from '../../api/fileName';
import { projectId } from '../../api/ids';
import { projectPath } from '../../api/paths';
import { OneCodexError } from '../../errors/oneCodexError';
import { choice } from '../shared/choice';
import {
	createdFilters,
	createdWhere,
	filtersField,
	namesOf,
	sizeFilters,
	sizeWhere,
} from '../shared/filters';
import { optional, projectPicker } from '../shared/pickers';
import { isGiven, textIn } from '../shared/where';
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

export const sampleFilters: INodeProperties = filtersField(showFor, [
	...createdFilters('samples'),
	{
		displayName: 'External Sample ID',
		name: 'externalSampleId',
		type: 'string',
		default: '',
		placeholder: 'e.g. LIMS-2026-00123',
		description: 'Only the sample that has this ID elsewhere, such as in a LIMS. Own samples only.',
	},
	{
		displayName: 'File Name Contains',
		name: 'filename',
		type: 'string',
		default: '',
		placeholder: 'e.g. stool',
		description: 'Only samples whose file name has this in it, in capital or small letters',
	},
	...sizeFilters('samples'),
	optional(projectPicker()),
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: STATUSES.map((value) => ({ name: titleOf(value), value })),
		default: 'available',
		description: 'Only samples whose upload has this status',
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
		description: 'Only samples with this visibility',
	},
]);

/** As the editor has them. */
export const FILTER_NAMES = namesOf(sampleFilters);

/**
 * One Codex's `where` for these filters but tag and external ID, which are looked up; {} for none.
 *
 * @param timezone that of dates that name none
 * @throws OneCodexError (input) that names the filter
 */
export function whereOf(filters: IDataObject, timezone: string): IDataObject {
	const { filename, status, visibility, projectId: project } = filters;
	return {
		...(isGiven(filename) && { filename: { $icontains: partOfName(filename) } }),
		...(isGiven(status) && { status: { $eq: choice(status, STATUSES, 'Status') } }),
		...(isGiven(visibility) && {
			visibility: { $eq: choice(visibility, VISIBILITIES, 'Visibility') },
		}),
		...(isGiven(project) && { project: { $ref: projectPath(projectId(project)) } }),
		...createdWhere(filters, timezone),
		...sizeWhere(filters),
	};
}

/** The part of a name, as the names of samples' files have it. @throws OneCodexError (input) */
function partOfName(filename: unknown): string {
	const label = 'File Name Contains';
	const part = toPartOfSampleFileName(textUpTo(LONGEST_NAME)(textIn(filename, label), label));
	if (part) return part;
	const message = 'File Name Contains has nothing in it that the name of a sample can have';
	throw new OneCodexError('input', message, {
		description: `Names have ${SIGNS_OF_SAMPLES}. Or remove the filter.`,
	});
}
