import type {
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeProperties,
	INodePropertyRouting,
} from 'n8n-workflow';

import { confirmUploadAnswer } from '../../transport/answers';
import { apiAnswer, CONFIRM_UPLOAD_PATH } from '../../transport/api';
import { preSend } from '../../transport/routing';
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
			preSend(async function (options) {
				return { ...options, body: { document_id: confirmedId.call(this) } };
			}),
		],
	},
	output: { postReceive: [confirmUploadItem] },
};

function confirmedId(this: IExecuteSingleFunctions): string {
	return documentId(this.getNodeParameter('documentId') as unknown);
}

async function confirmUploadItem(
	this: IExecuteSingleFunctions,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const answer = confirmUploadAnswer(apiAnswer(response));
	return [
		{
			json: { ...answer, document_id: confirmedId.call(this) },
			pairedItem: { item: this.getItemIndex() },
		},
	];
}
