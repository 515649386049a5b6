import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { forOneForm, openBinary } from '../../binary/binaryFile';
import { selectBinaries, type SelectedBinary } from '../../binary/selectBinaries';
import { isLeftOut } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import type { NamedFile } from '../../types';
import { fileNameOf } from '../../upload/fileName';
import { isThere } from '../../upload/isThere';
import { keyOf } from '../../upload/ownDocuments';
import { renamedHint } from '../../upload/renamedHint';
import { apiSettings, goesInParts, uploadSettings } from '../../upload/settings';
import { uploadByForm } from '../../upload/uploadByForm';
import { uploadByMultipart } from '../../upload/uploadByMultipart';
import { inputBinaryField } from '../shared/binaryFields';
import { fileSubject } from '../shared/fileSubject';
import { runFileTasks } from '../shared/fileTasks';
import { ifExistsOption, skipsExisting, type Existing } from '../shared/ifExists';
import { maxConcurrencyOption, maxConcurrency } from '../shared/maxConcurrency';
import type { FilePlan, FileTask } from '../shared/planFiles';
import { multipartOptions, uploadOptions } from '../shared/uploadOptions';
import { existingDocuments } from './existingDocuments';
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
			ifExistsOption('document'),
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
	const existing = existingDocuments(this);
	const plan = (itemIndex: number, item: INodeExecutionData): FilePlan[] => {
		const parameter = (name: string, fallback: unknown) =>
			this.getNodeParameter(name, itemIndex, fallback) as unknown;
		const binaries = selectBinaries(item, parameter('binaryPropertyName', 'data'));
		return binaries.map((input) => ({
			inputs: [input],
			toTask: async () => {
				const options = parameter('options', {}) as IDataObject;
				if (!isLeftOut(options.fileName) && binaries.length > 1) throw oneFileOnly(binaries.length);
				return await uploadTask(this, item, input, options, existing);
			},
		}));
	};

	const items = await runFileTasks(this, plan, {
		maxConcurrency: maxConcurrency(this),
		prepare: async (tasks, signal) => await existing.lookUp(tasks, signal),
	});
	const renamed = items.flatMap(({ json: { filename, original_filename } }) =>
		filename && filename !== original_filename
			? [{ from: String(original_filename), to: String(filename) }]
			: [],
	);
	this.addExecutionHints(...renamedHint(renamed));
	return [items];
}

async function uploadTask(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	input: SelectedBinary,
	options: IDataObject,
	existing: Existing,
): Promise<FileTask> {
	const settings = uploadSettings(options);
	const skips = skipsExisting(options);
	const file = await openBinary(context.helpers, item, input);
	const { size } = file;
	const filename = fileNameOf(file, options.fileName);
	const original_filename = file.originalName ?? filename;
	const details: NamedFile = { filename, binaryPropertyName: file.binaryPropertyName };
	const send = goesInParts(size, settings) ? uploadByMultipart : uploadByForm;
	if (send === uploadByForm) forOneForm(file);

	const upload = async (signal: AbortSignal): Promise<IDataObject> => {
		const uploaded = await send(context, file, details, settings, signal);
		const { document, etag, success, message } = uploaded;
		const { document_id } = details;
		return { document_id, document, filename, original_filename, size, etag, success, message };
	};
	const task: FileTask = {
		details,
		file,
		subject: () => fileSubject(input, 'uploadDocument', filename, original_filename, size),
		isStillThere: async ({ document_id }, signal) =>
			await isThere(context, String(document_id), apiSettings(settings, signal)),
		run: async (signal) => {
			if (!skips) return { json: await upload(signal) };
			const json = await existing.orElse(
				keyOf({ filename, size }),
				async () => await upload(signal),
				({ document_id, document }) => ({
					...{ document_id, document, filename, original_filename, size },
					...{ success: true, message: THERE_ALREADY, skipped: true },
				}),
			);
			return { json };
		},
	};
	if (skips) existing.want(task, { filename, size }, settings);
	return task;
}

const THERE_ALREADY = 'One Codex has a document of this name and size already.';

function oneFileOnly(count: number): OneCodexError {
	return new OneCodexError('input', `File Name is for one file, but ${count} are named`, {
		description: 'Remove the option File Name, or name one file in Input Binary Field.',
	});
}
