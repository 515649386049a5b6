import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { forOneForm, openBinary, type BinaryFile } from '../../binary/binaryFile';
import { selectBinaries } from '../../binary/selectBinaries';
import { isLeftOut } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import type { NamedFile, Uploaded } from '../../types';
import { fileNameOf } from '../../upload/fileName';
import { renamedHint } from '../../upload/renamedHint';
import { goesInParts, uploadSettings } from '../../upload/settings';
import { uploadByForm } from '../../upload/uploadByForm';
import { uploadByMultipart } from '../../upload/uploadByMultipart';
import { inputBinaryField } from '../shared/binaryFields';
import { runFileTasks, type FileTask } from '../shared/fileTasks';
import { maxConcurrencyOption, maxConcurrency } from '../shared/maxConcurrency';
import { multipartOptions, uploadOptions } from '../shared/uploadOptions';
import { fileNameOption, showFor } from './fields';

export const uploadDocumentFields: INodeProperties[] = [
	{
		...inputBinaryField,
		displayOptions: showFor('uploadDocument'),
		hint: 'The name of the input field that holds the file; several with commas between; * for every file of the item',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('uploadDocument'),
		options: [
			{
				...fileNameOption,
				description: `${fileNameOption.description} For items with one file.`,
			},
			maxConcurrencyOption,
			...uploadOptions,
			...multipartOptions,
		],
	},
];

/**
 * Init, transmit and confirm for every file of every item. Programmatic, because n8n's routing
 * makes one request an item, knows nothing of S3's form, and fires all items at once.
 */
export async function uploadDocument(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const plan = (itemIndex: number, item: INodeExecutionData) => {
		const binaries = selectBinaries(
			item,
			this.getNodeParameter('binaryPropertyName', itemIndex, 'data') as unknown,
		);
		const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const settings = uploadSettings(options);
		const { fileName } = options;
		if (!isLeftOut(fileName) && binaries.length > 1) {
			throw new OneCodexError(
				'input',
				`File Name is for one file, but ${binaries.length} are named`,
				{
					description: 'Remove the option File Name, or name one file in Input Binary Field.',
				},
			);
		}
		return binaries.map((binary) => async (): Promise<FileTask> => {
			const file = await openBinary(this.helpers, item, binary);
			const filename = fileNameOf(file, fileName);
			const details: NamedFile = { filename, binaryPropertyName: file.binaryPropertyName };
			const upload = goesInParts(file.size, settings) ? uploadByMultipart : uploadByForm;
			if (upload === uploadByForm) forOneForm(file);
			return {
				details,
				file,
				run: async (signal) => {
					const uploaded = await upload(this, file, details, settings, signal);
					return { json: outputOf(file, details, uploaded) };
				},
			};
		});
	};

	const items = await runFileTasks(this, plan, maxConcurrency(this));
	this.addExecutionHints(...renamedHint(items.map(({ json }) => json)));
	return [items];
}

function outputOf(
	{ originalName, size }: BinaryFile,
	{ document_id, filename }: NamedFile,
	{ document, etag, success, message }: Uploaded,
): IDataObject {
	const original_filename = originalName ?? filename;
	return { document_id, document, filename, original_filename, size, etag, success, message };
}
