import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { confirmUploadAnswer } from '../../transport/answers';
import { CONFIRM_UPLOAD_PATH, paced } from '../../transport/api';
import { itemSender, receiveAnswer, sendBody } from '../../transport/routing';
import { confirmOnce } from '../../upload/confirmUpload';
import { documentId } from '../../upload/documentId';
import { documentIdField, showFor } from './fields';

export const confirmUploadFields: INodeProperties[] = [
	{ ...documentIdField, required: true, displayOptions: showFor('confirmUpload') },
];

/** Instead of what other operations have: a confirmation is not simply repeated. */
const confirmItem = itemSender(async ({ context, settings, body, send }) => {
	const once = async () => await paced(context, { ...settings, maxRetries: 0 }, send);
	return await confirmOnce(context, String(body.document_id), settings, once, (answer) => [
		{ json: { ...answer, ...body }, pairedItem: { item: context.getItemIndex() } },
	]);
});

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
	operations: { pagination: confirmItem },
	output: {
		postReceive: [
			receiveAnswer((answer, sent) => ({ json: { ...confirmUploadAnswer(answer), ...sent } })),
		],
	},
};
