import type { IExecuteSingleFunctions, INodePropertyRouting } from 'n8n-workflow';

import { paced } from '../../api/request';
import { itemSender, receiveAnswer, sendCall, type ItemCall } from '../../api/routing';
import { isNotFound } from '../../errors/notFound';
import type { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import { isTransient, mayBeDone } from '../../http/retry';

/** Where an answer was lost, the entry may be gone already when it is asked for again. */
const deleteItem = itemSender(async ({ context, settings, send, itemOf }) => {
	let mayBeGone = false;
	const shouldRepeat = (error: OneCodexError) => {
		mayBeGone ||= mayBeDone(error);
		return isTransient(error);
	};
	try {
		return await paced(context, { ...settings, shouldRepeat }, send);
	} catch (cause) {
		const error = requestError(cause);
		if (!mayBeGone || !isNotFound(error)) throw error;
		return itemOf({ deleted: true });
	}
});

/**
 * The routing of a Delete.
 *
 * @param named gives the path of what is to be deleted
 */
export function deleteRouting(
	named: (this: IExecuteSingleFunctions) => ItemCall,
): INodePropertyRouting {
	return {
		request: { method: 'DELETE', url: '' },
		send: { paginate: true, preSend: [sendCall(named)] },
		operations: { pagination: deleteItem },
		output: { postReceive: [receiveAnswer(() => ({ json: { deleted: true } }))] },
	};
}
