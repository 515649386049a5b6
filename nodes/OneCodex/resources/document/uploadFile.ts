import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentId } from '../../api/ids';
import { forOneForm, openBinary } from '../../binary/binaryFile';
import { selectOneBinary } from '../../binary/selectBinaries';
import { secureUrl } from '../../http/secureUrl';
import { formFields } from '../../storage/form';
import type { FileDetails } from '../../types';
import { fileNameOf } from '../../upload/fileName';
import { sendFile } from '../../upload/sendFile';
import { uploadSettings } from '../../upload/settings';
import { inputBinaryField } from '../shared/binaryFields';
import { runFileTasks, type FileTask } from '../shared/fileTasks';
import { MAX_CONCURRENCY } from '../shared/maxConcurrency';
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
	const plan = (itemIndex: number, item: INodeExecutionData) => [
		async (): Promise<FileTask> => {
			const parameter = (name: string) => this.getNodeParameter(name, itemIndex, '') as unknown;
			const uploadUrl = secureUrl(parameter('uploadUrl'), 'Upload URL').href;
			const fields = formFields(parameter('uploadFields'));
			const document_id = documentId(parameter('documentId'));
			const settings = uploadSettings(parameter('options'));

			const binary = selectOneBinary(item, parameter('binaryPropertyName'), 'Upload File');
			const file = forOneForm(await openBinary(this.helpers, item, binary));
			const filename = fileNameOf(file, parameter('fileName'));
			const details: FileDetails = {
				document_id,
				filename,
				binaryPropertyName: file.binaryPropertyName,
			};
			return {
				details,
				file,
				run: async (signal) => {
					const upload = { filename, file, target: { uploadUrl, fields }, settings };
					const stored = await sendFile(this, upload, signal);
					return { json: { document_id, filename, size: file.size, ...stored } };
				},
			};
		},
	];
	return [await runFileTasks(this, plan, MAX_CONCURRENCY)];
}
