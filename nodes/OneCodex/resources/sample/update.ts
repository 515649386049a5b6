import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { projectId, sampleId } from '../../api/ids';
import { OneCodexError } from '../../errors/oneCodexError';
import { choice } from '../shared/choice';
import { runFileTasks } from '../shared/fileTasks';
import { flag } from '../shared/flag';
import { optional, projectPicker, samplePicker } from '../shared/pickers';
import type { FileTask } from '../shared/planFiles';
import { showFor } from './fields';
import { metadataOf } from './metadata';
import { metadataField } from './metadataFields';
import { sampleJson } from './sampleJson';
import { isNamed } from './sampleRouting';
import { tagsOf } from './tags';
import { updateSample, type SampleChanges } from './updateSample';

const VISIBILITIES = ['private', 'public', 'shared'] as const;

export const updateFields: INodeProperties[] = [
	samplePicker(showFor('update')),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showFor('update'),
		options: [
			{
				displayName: 'Add Tags',
				name: 'addTags',
				type: 'string',
				default: '',
				placeholder: 'e.g. urgent, ward 7',
				description: 'Tags that the sample gets, with commas between; it keeps those that it has',
			},
			metadataField,
			optional(projectPicker()),
			{
				displayName: 'Remove From Project',
				name: 'removeFromProject',
				type: 'boolean',
				default: false,
				description: 'Whether to take the sample out of its project',
			},
			{
				displayName: 'Remove Tags',
				name: 'removeTags',
				type: 'string',
				default: '',
				placeholder: 'e.g. to do',
				description: 'Tags that the sample loses, with commas between',
			},
			{
				displayName: 'Visibility',
				name: 'visibility',
				type: 'options',
				options: [
					{
						name: 'Private',
						value: 'private',
						description: 'Its owner and members of its project',
					},
					{ name: 'Public', value: 'public', description: 'Everybody, and it is listed' },
					{ name: 'Shared', value: 'shared', description: 'Everybody who has the link' },
				],
				default: 'private',
				description: 'Who may see the sample, its analyses and metadata',
			},
		],
	},
];

/** Changes a sample for every item. Programmatic, because each kind of change has its own request. */
export async function update(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const toTask = async (itemIndex: number): Promise<FileTask> => {
		const sample_id = sampleId(this.getNodeParameter('sampleId', itemIndex) as unknown);
		const fields = this.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
		const changes = changesOf(fields, this.getTimezone());
		return await Promise.resolve({
			details: { sample_id },
			run: async (signal) => ({
				json: sampleJson(await updateSample(this, sample_id, changes, signal)),
			}),
		});
	};
	const plan = (itemIndex: number) => [{ toTask: async () => await toTask(itemIndex) }];
	return [await runFileTasks(this, plan, { maxConcurrency: ITEMS_AT_ONCE })];
}

const ITEMS_AT_ONCE = 5;

/** @throws OneCodexError (input) */
function changesOf(fields: IDataObject, timezone: string): SampleChanges {
	const { projectId: project, removeFromProject = false, visibility } = fields;
	const isRemoved = flag(removeFromProject, 'Remove From Project');
	if (isRemoved && isNamed(project)) {
		throw new OneCodexError('input', 'Project and Remove From Project exclude each other', {
			description: 'Remove one of the two fields.',
		});
	}
	const changes: SampleChanges = {
		...(isNamed(project) && { project: projectId(project) }),
		...(isRemoved && { project: null }),
		...(visibility !== undefined && {
			visibility: choice(visibility, VISIBILITIES, 'Visibility'),
		}),
		addTags: tagsOf(fields.addTags, 'Add Tags'),
		removeTags: tagsOf(fields.removeTags, 'Remove Tags'),
		metadata: metadataOf(fields.metadata, timezone),
	};
	const isEmpty =
		changes.project === undefined &&
		changes.visibility === undefined &&
		![changes.addTags, changes.removeTags, Object.keys(changes.metadata)].some(
			({ length }) => length,
		);
	const both = changes.addTags.find((tag) => changes.removeTags.includes(tag));
	if (both !== undefined) {
		throw new OneCodexError('input', `Add Tags and Remove Tags both have "${both}"`, {
			description: 'Remove it from one of the two fields.',
		});
	}
	if (!isEmpty) return changes;
	throw new OneCodexError('input', 'Update Fields is empty', {
		description: 'Add a field that is to change.',
	});
}
