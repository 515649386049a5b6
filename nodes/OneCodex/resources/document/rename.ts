import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { sendCall, type ItemCall } from '../../api/routing';
import { givenFileName } from '../../upload/fileName';
import { namedDocument, receiveDocument } from './documentRouting';
import { fileNameOption, showFor } from './fields';
import { followingDocumentLocator } from './locators';

export const renameFields: INodeProperties[] = [
	followingDocumentLocator('rename'),
	{
		...fileNameOption,
		required: true,
		displayOptions: showFor('rename'),
		description:
			'The new name. Other signs than letters, digits, dash, underscore and period are replaced.',
	},
];

export const renameRouting: INodePropertyRouting = {
	request: { method: 'PATCH', url: '' },
	send: {
		paginate: true,
		preSend: [
			sendCall(function (): ItemCall {
				const { path, details } = namedDocument.call(this);
				const filename = givenFileName(this.getNodeParameter('fileName', '') as unknown);
				return { path: `${path}/rename`, body: { filename }, details: { ...details, filename } };
			}),
		],
	},
	output: { postReceive: [receiveDocument] },
};
