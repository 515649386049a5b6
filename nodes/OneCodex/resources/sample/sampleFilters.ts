import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { projectId } from '../../api/ids';
import { projectPath } from '../../api/paths';
import {
	createdFilters,
	createdWhere,
	filtersField,
	namesOf,
	sizeFilters,
	sizeWhere,
} from '../shared/filters';
import { isGiven, textIn } from '../shared/where';
import { showFor } from './fields';

const STATUSES = ['available', 'awaiting_data', 'failed_validation', 'importing', 'validating'];

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
	{
		displayName: 'Project ID',
		name: 'projectId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5891ee65711c4d5e',
		description: 'Only samples of this project: the ID, a <code>$uri</code> or a <code>$ref</code>',
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
		options: [
			{ name: 'Private', value: 'private' },
			{ name: 'Public', value: 'public' },
			{ name: 'Shared', value: 'shared' },
		],
		default: 'private',
		description: 'Only samples that are seen by these people',
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
		...(isGiven(filename) && { filename: { $icontains: textIn(filename, 'File Name Contains') } }),
		...(isGiven(status) && { status: { $eq: textIn(status, 'Status') } }),
		...(isGiven(visibility) && { visibility: { $eq: textIn(visibility, 'Visibility') } }),
		...(isGiven(project) && { project: { $ref: projectPath(projectId(project)) } }),
		...createdWhere(filters, timezone),
		...sizeWhere(filters),
	};
}
