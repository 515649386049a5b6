import type { INodeProperties } from 'n8n-workflow';

import { toolDescriptions } from '../shared/toolDescriptions';
import { confirmUploadFields, confirmUploadRouting } from './confirmUpload';
import { deleteFields, deleteRouting } from './delete';
import { downloadFields } from './download';
import { showFor } from './fields';
import { getFields, getRouting } from './get';
import { getAllFields } from './getAll';
import { initUploadFields, initUploadRouting } from './initUpload';
import { renameFields, renameRouting } from './rename';
import { shareFields, shareRouting, unshareRouting } from './share';
import { uploadDocumentFields } from './uploadDocument';
import { uploadFileFields } from './uploadFile';

export { download } from './download';
export { getAll } from './getAll';
export { uploadDocument } from './uploadDocument';
export { uploadFile } from './uploadFile';

/**
 * The operations of the resource `document`; their names are saved in workflows. The descriptions
 * are read by people, and by models that have the node as a tool.
 */
const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['document'] } },
	options: [
		{
			name: 'Upload Document',
			value: 'uploadDocument',
			action: 'Upload a document',
			description:
				'Upload files of the input as documents, in one step. It needs a file that an earlier node of the workflow gives; text alone cannot be uploaded.',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many documents',
			description:
				'List documents, newest first, with their IDs, names, sizes and creation times; filtered by a part of the name, creation time, size or uploader',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a document',
			description:
				'Get the name, size in bytes, creation time, uploader and downloaders of one document, by its document ID',
			routing: getRouting,
		},
		{
			name: 'Download',
			value: 'download',
			action: 'Download a document',
			description:
				'Fetch the file of a document, by its document ID, for the next node of the workflow. One Codex may charge for it.',
		},
		{
			name: 'Rename',
			value: 'rename',
			action: 'Rename a document',
			description:
				'Give a document, by its document ID, another name of letters, digits, dash, underscore and period',
			routing: renameRouting,
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete a document',
			description:
				'Delete a document, by its document ID, for good. Only its owner can. Gives back whether it was deleted.',
			routing: deleteRouting,
		},
		{
			name: 'Share',
			value: 'share',
			action: 'Share a document',
			description:
				'Let a user, by the user ID, download a document, by its document ID. Sharing it twice is no error.',
			routing: shareRouting,
		},
		{
			name: 'Unshare',
			value: 'unshare',
			action: 'Stop sharing a document',
			description: 'No longer let a user, by the user ID, download a document, by its document ID',
			routing: unshareRouting,
		},
		{
			name: 'Init Upload',
			value: 'initUpload',
			action: 'Start an upload',
			description: 'Get the URL and the form fields with which to send a file',
			routing: initUploadRouting,
		},
		{
			name: 'Upload File',
			value: 'uploadFile',
			action: 'Send a file to its upload URL',
			description: 'Send a file of the input to the URL that Init Upload gave',
		},
		{
			name: 'Confirm Upload',
			value: 'confirmUpload',
			action: 'Confirm an upload',
			description: 'Make a document of a file that was sent to the upload URL',
			routing: confirmUploadRouting,
		},
	],
	default: 'uploadDocument',
};

export const documentDescription: INodeProperties[] = [
	operation,
	...toolDescriptions(operation, showFor),
	...uploadDocumentFields,
	...initUploadFields,
	...uploadFileFields,
	...confirmUploadFields,
	...getFields,
	...getAllFields,
	...downloadFields,
	...renameFields,
	...deleteFields,
	...shareFields,
];
