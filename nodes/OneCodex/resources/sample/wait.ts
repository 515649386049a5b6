import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import { sampleId } from '../../api/ids';
import { OneCodexError } from '../../errors/oneCodexError';
import { choice } from '../shared/choice';
import { runFileTasks } from '../shared/fileTasks';
import { flag } from '../shared/flag';
import { samplePicker } from '../shared/pickers';
import type { FileTask } from '../shared/planFiles';
import { timeoutOf, waitOptions } from '../shared/waitOptions';
import { TIMEOUT_MINUTES, waitUntil } from '../shared/waitUntil';
import { showFor } from './fields';
import { sampleJson } from './sampleJson';
import { lookAtSample, type SampleState } from './sampleState';

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
				if (failOnFailure) check(state, timeout);
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

/** @throws OneCodexError (service) for a sample that failed, or is not ready at its time limit */
function check({ isOver, failure, how }: SampleState, timeout: number): void {
	if (failure) throw new OneCodexError('service', failure.message, failure);
	if (isOver) return;
	throw new OneCodexError(
		'service',
		`The sample is not ready after ${timeout / 60_000} minutes: ${how}`,
		{
			description: 'Raise the option Timeout, or look at the sample in One Codex.',
		},
	);
}
