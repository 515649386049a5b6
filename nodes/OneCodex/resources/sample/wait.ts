import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import { sampleId } from '../../api/ids';
import { choice } from '../shared/choice';
import { runFileTasks } from '../shared/fileTasks';
import { flag } from '../shared/flag';
import { samplePicker } from '../shared/pickers';
import type { FileTask } from '../shared/planFiles';
import { checkEnded } from '../shared/standing';
import { timeoutOf, waitOptions } from '../shared/waitOptions';
import { TIMEOUT_MINUTES, waitUntil } from '../shared/waitUntil';
import { showFor } from './fields';
import { sampleJson } from './sampleJson';
import { lookAtSample } from './sampleState';

export const waitFields: INodeProperties[] = [
	samplePicker(showFor('wait')),
	{
		displayName: 'Until',
		name: 'until',
		type: 'options',
		options: [
			{
				name: 'Available',
				value: 'available',
				description: 'One Codex has read its files and found them good',
			},
			{
				name: 'Classified',
				value: 'classified',
				description: 'Its primary classification is complete, too: there are results',
			},
		],
		default: 'classified',
		displayOptions: showFor('wait'),
		description: 'What to wait for',
	},
	waitOptions(showFor),
];

/** Waits for a sample for every item, for all of them side by side. */
export async function wait(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const toTask = async (itemIndex: number): Promise<FileTask> => {
		const parameter = (name: string, fallback: unknown) =>
			this.getNodeParameter(name, itemIndex, fallback) as unknown;
		const sample_id = sampleId(parameter('sampleId', ''));
		const until = choice(parameter('until', 'classified'), ['available', 'classified'], 'Until');
		const timeout = timeoutOf(parameter('options.timeout', TIMEOUT_MINUTES));
		const failOnFailure = flag(parameter('options.failOnFailure', true), 'Fail on Failure');
		return await Promise.resolve({
			details: { sample_id },
			run: async (signal) => {
				const look = async () => await lookAtSample(this, sample_id, until, signal);
				const state = await waitUntil(look, ({ isOver }) => isOver, timeout, signal);
				if (failOnFailure) checkEnded(state, 'sample', timeout);
				const { sample } = state;
				const classification_id = idOfReference(sample.primary_classification);
				const { sample_id: id, ...rest } = sampleJson(sample);
				return { json: { sample_id: id, classification_id, ...rest } };
			},
		});
	};
	const plan = (itemIndex: number) => [{ toTask: async () => await toTask(itemIndex) }];
	return [await runFileTasks(this, plan, { maxConcurrency: Infinity })];
}
