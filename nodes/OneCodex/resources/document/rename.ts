import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { documentAnswer } from '../../transport/answers';
import { documentPath } from '../../transport/api';
import { documentId } from '../../transport/ids';
import { receiveAnswer, sendCall, type ItemCall } from '../../transport/routing';
import { givenFileName } from '../../upload/fileName';
import { documentJson } from './documentJson';
import { fileNameOption, showFor } from './fields';
import { documentLocator } from './locators';

export const renameFields: INodeProperties[] = [
	documentLocator('rename'),
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
				const document_id = documentId(this.getNodeParameter('documentId') as unknown);
				const filename = givenFileName(this.getNodeParameter('fileName', '') as unknown);
				return {
					path: `${documentPath(document_id)}/rename`,
					body: { filename },
					details: { document_id, filename },
				};
			}),
		],
	},
	output: {
		postReceive: [receiveAnswer((answer) => ({ json: documentJson(documentAnswer(answer)) }))],
	},
};
