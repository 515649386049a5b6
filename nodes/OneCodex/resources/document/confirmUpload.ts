import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { confirmUploadAnswer } from '../../transport/answers';
import { CONFIRM_UPLOAD_PATH } from '../../transport/api';
import { receiveAnswer, sendBody } from '../../transport/routing';
import { documentId } from '../../upload/documentId';
import { documentIdField, showFor } from './fields';

export const confirmUploadFields: INodeProperties[] = [
	{ ...documentIdField, required: true, displayOptions: showFor('confirmUpload') },
];

export const confirmUploadRouting: INodePropertyRouting = {
	request: { method: 'POST', url: CONFIRM_UPLOAD_PATH },
	send: {
		paginate: true,
		preSend: [
			sendBody(async function () {
				return { document_id: documentId(this.getNodeParameter('documentId') as unknown) };
			}),
		],
	},
	output: {
		postReceive: [
			receiveAnswer((answer, sent) => ({ json: { ...confirmUploadAnswer(answer), ...sent } })),
		],
	},
};
