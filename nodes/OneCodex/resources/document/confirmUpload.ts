import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { confirmUploadAnswer } from '../../api/answers/upload';
import { documentId } from '../../api/ids';
import { CONFIRM_UPLOAD_PATH } from '../../api/paths';
import { paced } from '../../api/request';
import { itemSender, receiveAnswer, sendCall } from '../../api/routing';
import { confirmOnce } from '../../upload/confirmUpload';
import { RunMemory } from '../shared/runMemory';
import { documentIdField, showFor } from './fields';

export const confirmUploadFields: INodeProperties[] = [
	{ ...documentIdField, required: true, displayOptions: showFor('confirmUpload') },
];

/**
 * Instead of what other operations have: a confirmation is not simply repeated. Nor is one made again
 * where n8n runs the node again for another item that failed. (An init is: what it gave is a
 * permission, which does not belong into what n8n saves, and of what it began nobody sees anything.)
 */
const confirmItem = itemSender(async ({ context, settings, call, send, itemOf }) => {
	const document_id = String(call.details.document_id);
	const memory = new RunMemory(context);
	const position = String(context.getItemIndex());
	const subject = () => `confirmUpload ${document_id}`;
	const known = memory.recall(position, subject);
	if (known?.isOfThisExecution) return itemOf(known.json);

	const once = async () => await paced(context, { ...settings, maxRetries: 0 }, send);
	const items = await confirmOnce(context, document_id, settings, once, (answer) =>
		itemOf({ ...answer, document_id }),
	);
	memory.remember(position, subject, items[0].json);
	if (memory.size === context.getExecuteData().data.main?.[0]?.length) memory.forget();
	return items;
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
