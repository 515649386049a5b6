import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { sampleAnswer } from '../../api/answers/sample';
import { sampleId } from '../../api/ids';
import { samplePath } from '../../api/paths';
import { apiRequest, defaultSettings } from '../../api/request';
import { runFileTasks } from '../shared/fileTasks';
import { flag } from '../shared/flag';
import { samplePicker } from '../shared/pickers';
import type { FileTask } from '../shared/planFiles';
import { showFor } from './fields';
import { sampleJson } from './sampleJson';
import { metadataOfSample } from './sampleMetadata';

export const includeMetadataOption: INodeProperties = {
	displayName: 'Include Metadata',
	name: 'includeMetadata',
	type: 'boolean',
	default: false,
	description:
		'Whether to add what One Codex keeps about the sample, in the field <code>metadata</code>',
};

export const getFields: INodeProperties[] = [
	samplePicker(showFor('get')),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('get'),
		options: [includeMetadataOption],
	},
];

/** Reads a sample for every item. Programmatic, because its metadata has a request of its own. */
export async function get(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const toTask = async (itemIndex: number): Promise<FileTask> => {
		const sample_id = sampleId(this.getNodeParameter('sampleId', itemIndex) as unknown);
		const isWhole = flag(
			this.getNodeParameter('options.includeMetadata', itemIndex, false) as unknown,
			'Include Metadata',
		);
		return await Promise.resolve({
			details: { sample_id },
			run: async (signal) => {
				const settings = { ...defaultSettings(this), signal };
				const request = { method: 'GET', path: samplePath(sample_id) } as const;
				const sample = await apiRequest(this, request, settings, sampleAnswer);
				const metadata = isWhole
					? { metadata: await metadataOfSample(this, sample, settings) }
					: {};
				return { json: { ...sampleJson(sample), ...metadata } };
			},
		});
	};
	const plan = (itemIndex: number) => [{ toTask: async () => await toTask(itemIndex) }];
	return [await runFileTasks(this, plan, { maxConcurrency: ITEMS_AT_ONCE })];
}

/** The pace of the API bounds them, not this. */
const ITEMS_AT_ONCE = 10;
