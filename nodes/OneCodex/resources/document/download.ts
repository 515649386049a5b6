import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentId } from '../../api/ids';
import { limitedStore } from '../../binary/store';
import { documentAnswer } from '../../api/answers/document';
import { documentPath } from '../../api/paths';
import { downloadEntry } from '../../download/downloadEntry';
import { outputBinaryField, outputFieldName } from '../shared/binaryFields';
import { runFileTasks } from '../shared/fileTasks';
import { MAX_CONCURRENCY } from '../shared/maxConcurrency';
import type { FilePlan, FileTask } from '../shared/planFiles';
import { documentJson } from './documentJson';
import { showFor } from './fields';
import { followingDocumentLocator } from './locators';

export const downloadFields: INodeProperties[] = [
	followingDocumentLocator('download'),
	{ ...outputBinaryField, displayOptions: showFor('download') },
];

/**
 * Fetches the file of a document for every item. Programmatic, because the link comes from a
 * request of its own, and routing would hold the file in memory.
 */
export async function download(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const toTask = async (itemIndex: number): Promise<FileTask> => {
		const document_id = documentId(this.getNodeParameter('documentId', itemIndex) as unknown);
		const field = outputFieldName(this.getNodeParameter('binaryPropertyName', itemIndex, 'data'));
		const task: FileTask = {
			details: { document_id },
			run: async (signal) => {
				const path = documentPath(document_id);
				const { entry: document, data } = await downloadEntry(this, path, documentAnswer, signal);
				task.file = { store: limitedStore(data), size: document.size ?? 0 };
				return { json: documentJson(document), binary: { [field]: data } };
			},
		};
		return await Promise.resolve(task);
	};
	const plan = (itemIndex: number): FilePlan[] => [{ toTask: async () => await toTask(itemIndex) }];
	return [await runFileTasks(this, plan, { maxConcurrency: MAX_CONCURRENCY })];
}
