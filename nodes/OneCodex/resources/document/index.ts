import type { INodeProperties } from 'n8n-workflow';

import { confirmUploadFields, confirmUploadRouting } from './confirmUpload';
import { initUploadFields, initUploadRouting } from './initUpload';
import { uploadDocumentFields } from './uploadDocument';
import { uploadFileFields } from './uploadFile';

export { uploadDocument } from './uploadDocument';
export { uploadFile } from './uploadFile';

/** The operations of the resource `document`; their names are saved in workflows. */
export const documentDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['document'] } },
		options: [
			{
				name: 'Confirm Upload',
				value: 'confirmUpload',
				action: 'Confirm an upload',
				description: 'Make a document of a file that was sent to the upload URL',
				routing: confirmUploadRouting,
			},
			{
				name: 'Init Upload',
				value: 'initUpload',
				action: 'Start an upload',
				description: 'Get the URL and the form fields with which to send a file',
				routing: initUploadRouting,
			},
			{
				name: 'Upload Document',
				value: 'uploadDocument',
				action: 'Upload a document',
				description:
					'Upload files of the input as documents, in one step. It needs a file that an earlier node of the workflow gives; text alone cannot be uploaded.',
			},
			{
				name: 'Upload File',
				value: 'uploadFile',
				action: 'Send a file to its upload URL',
				description: 'Send a file of the input to the URL that Init Upload gave',
			},
		],
		default: 'uploadDocument',
	},
	...uploadDocumentFields,
	...initUploadFields,
	...uploadFileFields,
	...confirmUploadFields,
];
