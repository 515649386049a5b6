import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { confirmUploadAnswer } from '../../api/answers/upload';
import { documentId } from '../../api/ids';
import { CONFIRM_UPLOAD_PATH } from '../../api/paths';
import { paced } from '../../api/request';
import { itemSender, receiveAnswer, sendCall } from '../../api/routing';
import { confirmOnce } from '../../upload/confirmUpload';
import { documentIdField, showFor } from './fields';

export const confirmUploadFields: INodeProperties[] = [
	{ ...documentIdField, required: true, displayOptions: showFor('confirmUpload') },
];

/** Instead of what other operations have: a confirmation is not simply repeated. */
const confirmItem = itemSender(async ({ context, settings, call, send, itemOf }) => {
	const document_id = String(call.details.document_id);
	const once = async () => await paced(context, { ...settings, maxRetries: 0 }, send);
	return await confirmOnce(context, document_id, settings, once, (answer) =>
		itemOf({ ...answer, document_id }),
	);
});

export const confirmUploadRouting: INodePropertyRouting = {
	request: { method: 'POST', url: CONFIRM_UPLOAD_PATH },
	send: {
		paginate: true,
		preSend: [
			sendCall(function () {
				const document_id = documentId(this.getNodeParameter('documentId') as unknown);
				return { body: { document_id }, details: { document_id } };
			}),
		],
	},
	operations: { pagination: confirmItem },
	output: {
		postReceive: [
			receiveAnswer((answer, { body }) => ({ json: { ...confirmUploadAnswer(answer), ...body } })),
		],
	},
};
