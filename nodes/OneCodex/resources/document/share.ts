import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { documentAnswer } from '../../api/answers/document';
import { userId } from '../../api/ids';
import { documentPath, USERS_PATH } from '../../api/paths';
import { apiRequest, paced } from '../../api/request';
import { itemSender, sendCall, type ItemCall } from '../../api/routing';
import { requestError } from '../../errors/requestError';
import { documentJson } from './documentJson';
import { namedDocument, receiveDocument } from './documentRouting';
import { followingDocumentLocator, userLocator } from './locators';

export const shareFields: INodeProperties[] = ['share', 'unshare'].flatMap((operation) => [
	followingDocumentLocator(operation),
	userLocator(operation),
]);

/** What One Codex may say to a change that is made already, be it twice or its answer lost. */
const MAY_BE_DONE = new Set([400, 409]);

export const shareRouting = sharing('add_user');
export const unshareRouting = sharing('remove_user');

function sharing(action: 'add_user' | 'remove_user'): INodePropertyRouting {
	return {
		request: { method: 'POST', url: '' },
		send: {
			paginate: true,
			preSend: [
				sendCall(function (): ItemCall {
					const { path, details } = namedDocument.call(this);
					const user = userId(this.getNodeParameter('userId') as unknown);
					const body = { user: { $ref: `${USERS_PATH}/${user}` } };
					return { path: `${path}/${action}`, body, details };
				}),
			],
		},
		operations: { pagination: untilShared(action === 'add_user') },
		output: { postReceive: [receiveDocument] },
	};
}

/** Sharing twice is no error, whatever One Codex says to it: the document's state decides. */
function untilShared(isShared: boolean) {
	return itemSender(async ({ context, settings, call, send, itemOf }) => {
		try {
			return await paced(context, settings, send);
		} catch (cause) {
			const error = requestError(cause);
			if (!MAY_BE_DONE.has(error.facts.httpCode ?? 0)) throw error;
			const path = documentPath(String(call.details.document_id));
			const document = await apiRequest(context, { method: 'GET', path }, settings, documentAnswer);
			const { $ref } = call.body?.user as { $ref: string };
			if (document.downloaders.some((user) => user.$ref === $ref) !== isShared) throw error;
			return itemOf(documentJson(document));
		}
	});
}
