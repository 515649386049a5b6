import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentId } from '../../api/ids';
import { forOneForm, openBinary } from '../../binary/binaryFile';
import { selectBinaries, selectOneBinary } from '../../binary/selectBinaries';
import { secureUrl } from '../../http/secureUrl';
import { formFields } from '../../storage/form';
import type { FileDetails } from '../../types';
import { fileNameOf } from '../../upload/fileName';
import { sendFile } from '../../upload/sendFile';
import { uploadSettings } from '../../upload/settings';
import { inputBinaryField } from '../shared/binaryFields';
import { fileSubject } from '../shared/fileSubject';
import { runFileTasks } from '../shared/fileTasks';
import { MAX_CONCURRENCY } from '../shared/maxConcurrency';
import type { FilePlan, FileTask } from '../shared/planFiles';
import { uploadOptions } from '../shared/uploadOptions';
import { documentIdField, showFor } from './fields';

export const uploadFileFields: INodeProperties[] = [
	{
		displayName: 'Upload URL',
		name: 'uploadUrl',
		type: 'string',
		required: true,
		default: '={{ $json.upload_url }}',
		placeholder: 'e.g. https://bucket.s3.amazonaws.com',
		displayOptions: showFor('uploadFile'),
		description: 'The <code>upload_url</code> that Init Upload gave',
	},
	{
		displayName: 'Upload Fields',
		name: 'uploadFields',
		type: 'json',
		required: true,
		default: '={{ $json.additional_fields }}',
		displayOptions: showFor('uploadFile'),
		description: 'The <code>additional_fields</code> that Init Upload gave, unchanged',
	},
	{ ...documentIdField, required: true, displayOptions: showFor('uploadFile') },
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '={{ $json.filename }}',
		placeholder: 'e.g. report.pdf',
		displayOptions: showFor('uploadFile'),
		description:
			'The name given to Init Upload. Leave empty to take the name that the file brings, as Init Upload does.',
	},
	{ ...inputBinaryField, displayOptions: showFor('uploadFile') },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('uploadFile'),
		options: uploadOptions,
	},
];

/**
 * Sends one file of every item to S3. Programmatic, because routing would hold the file in memory
 * and has no form whose file comes last; it takes no credential, for S3 must not get the key.
 */
export async function uploadFile(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const plan = (itemIndex: number, item: INodeExecutionData): FilePlan[] => {
		const parameter = (name: string) => this.getNodeParameter(name, itemIndex, '') as unknown;
		const inputs = selectBinaries(item, parameter('binaryPropertyName'));
		return [{ inputs, toTask: async () => await sendTask(this, item, parameter) }];
	};
	return [await runFileTasks(this, plan, { maxConcurrency: MAX_CONCURRENCY })];
}

async function sendTask(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	parameter: (name: string) => unknown,
): Promise<FileTask> {
	const uploadUrl = secureUrl(parameter('uploadUrl'), 'Upload URL').href;
	const fields = formFields(parameter('uploadFields'));
	const document_id = documentId(parameter('documentId'));
	const settings = uploadSettings(parameter('options'));

	const input = selectOneBinary(item, parameter('binaryPropertyName'), 'Upload File');
	const file = forOneForm(await openBinary(context.helpers, item, input));
	const { binaryPropertyName, size } = file;
	const filename = fileNameOf(file, parameter('fileName'));
	const details: FileDetails = { document_id, filename, binaryPropertyName };
	return {
		details,
		file,
		subject: () => fileSubject(input, 'uploadFile', document_id, filename, size),
		run: async (signal) => {
			const upload = { filename, file, target: { uploadUrl, fields }, settings };
			const stored = await sendFile(context, upload, signal);
			return { json: { document_id, filename, size, ...stored } };
		},
	};
}
