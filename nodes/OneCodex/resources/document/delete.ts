import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { paced } from '../../api/request';
import { itemSender, receiveAnswer, sendCall } from '../../api/routing';
import type { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import { isTransient, wasNotCarriedOut } from '../../http/retry';
import { namedDocument } from './documentRouting';
import { documentLocator } from './locators';

export const deleteFields: INodeProperties[] = [documentLocator('delete')];

/** Where an answer was lost, the document may be gone already when it is asked for again. */
const deleteItem = itemSender(async ({ context, settings, send, itemOf }) => {
	let mayBeDone = false;
	const shouldRepeat = (error: OneCodexError) => {
		mayBeDone ||= isTransient(error) && !wasNotCarriedOut(error);
		return isTransient(error);
	};
	try {
		return await paced(context, { ...settings, shouldRepeat }, send);
	} catch (cause) {
		const error = requestError(cause);
		if (!mayBeDone || error.facts.httpCode !== 404) throw error;
		return itemOf({ deleted: true });
	}
});

export const deleteRouting: INodePropertyRouting = {
	request: { method: 'DELETE', url: '' },
	send: { paginate: true, preSend: [sendCall(namedDocument)] },
	operations: { pagination: deleteItem },
	output: { postReceive: [receiveAnswer(() => ({ json: { deleted: true } }))] },
};
