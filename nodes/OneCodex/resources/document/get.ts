import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { documentAnswer } from '../../transport/answers';
import { documentPath } from '../../transport/api';
import { documentId } from '../../transport/ids';
import { receiveAnswer, sendCall, type ItemCall } from '../../transport/routing';
import { documentJson } from './documentJson';
import { documentLocator } from './locators';

export const getFields: INodeProperties[] = [documentLocator('get')];

export const getRouting: INodePropertyRouting = {
	request: { method: 'GET', url: '' },
	send: {
		paginate: true,
		preSend: [
			sendCall(function (): ItemCall {
				const document_id = documentId(this.getNodeParameter('documentId') as unknown);
				return { path: documentPath(document_id), details: { document_id } };
			}),
		],
	},
	output: {
		postReceive: [receiveAnswer((answer) => ({ json: documentJson(documentAnswer(answer)) }))],
	},
};
