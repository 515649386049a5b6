import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentId } from '../../api/ids';
import { limitedStore } from '../../binary/store';
import { downloadDocument } from '../../download/downloadDocument';
import { OneCodexError } from '../../errors/oneCodexError';
import { runFileTasks, type FileTask } from '../shared/fileTasks';
import { documentJson } from './documentJson';
import { showFor } from './fields';
import { documentLocator } from './locators';

const MAX_CONCURRENCY = 3;

export const downloadFields: INodeProperties[] = [
	documentLocator('download'),
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		displayOptions: showFor('download'),
		hint: 'The name of the output field that gets the file',
	},
];

/**
 * Fetches the file of a document for every item. Programmatic, because the link comes from a
 * request of its own, and routing would hold the file in memory.
 */
export async function download(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const plan = (itemIndex: number) => [
		async (): Promise<FileTask> => {
			const document_id = documentId(this.getNodeParameter('documentId', itemIndex) as unknown);
			const field = fieldName(this.getNodeParameter('binaryPropertyName', itemIndex, 'data'));
			const task: FileTask = {
				details: { document_id },
				run: async (signal) => {
					const { document, data } = await downloadDocument(this, document_id, signal);
					task.file = { store: limitedStore(data), size: document.size ?? 0 };
					return { json: documentJson(document), binary: { [field]: data } };
				},
			};
			return await Promise.resolve(task);
		},
	];
	return [await runFileTasks(this, plan, MAX_CONCURRENCY)];
}

function fieldName(value: unknown): string {
	if (typeof value === 'string' && value.trim()) return value.trim();
	throw new OneCodexError('input', 'Put Output File in Field is empty', {
		description: 'Give the name of the output field that gets the file, for example data.',
	});
}
