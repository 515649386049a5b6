import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { sampleAnswer } from '../../api/answers/sample';
import { sampleId } from '../../api/ids';
import { samplePath } from '../../api/paths';
import { limitedStore } from '../../binary/store';
import { downloadEntry } from '../../download/downloadEntry';
import { OneCodexError } from '../../errors/oneCodexError';
import type { SampleAnswer } from '../../types';
import { outputBinaryField, outputFieldName } from '../shared/binaryFields';
import { runFileTasks } from '../shared/fileTasks';
import { MAX_CONCURRENCY } from '../shared/maxConcurrency';
import { samplePicker } from '../shared/pickers';
import type { FileTask } from '../shared/planFiles';
import { showFor } from './fields';
import { sampleJson } from './sampleJson';

export const downloadFields: INodeProperties[] = [
	samplePicker(showFor('download')),
	{ ...outputBinaryField, displayOptions: showFor('download') },
];

/**
 * Fetches the reads of a sample for every item. Programmatic, because the link comes from a request
 * of its own, and routing would hold the file in memory.
 */
export async function download(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const toTask = async (itemIndex: number): Promise<FileTask> => {
		const sample_id = sampleId(this.getNodeParameter('sampleId', itemIndex) as unknown);
		const field = outputFieldName(this.getNodeParameter('binaryPropertyName', itemIndex, 'data'));
		const task: FileTask = {
			details: { sample_id },
			run: async (signal) => {
				const path = samplePath(sample_id);
				const { entry, data } = await downloadEntry(this, path, sampleWithData, signal);
				task.file = { store: limitedStore(data), size: entry.size ?? 0 };
				return { json: sampleJson(entry), binary: { [field]: data } };
			},
		};
		return await Promise.resolve(task);
	};
	const plan = (itemIndex: number) => [{ toTask: async () => await toTask(itemIndex) }];
	return [await runFileTasks(this, plan, { maxConcurrency: MAX_CONCURRENCY })];
}

/** Before it has data the link would be paid for in vain. @throws OneCodexError */
function sampleWithData(answer: unknown): SampleAnswer {
	const sample = sampleAnswer(answer);
	if (sample.status !== 'awaiting_data' && sample.visibility !== 'awaiting data') return sample;
	throw new OneCodexError('input', 'The sample has no file yet', {
		description: 'It was created before its file. Wait for it with Sample: Wait.',
	});
}
