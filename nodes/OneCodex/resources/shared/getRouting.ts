import type {
	IExecuteSingleFunctions,
	INodePropertyRouting,
	PostReceiveAction,
} from 'n8n-workflow';

import { sendCall, type ItemCall } from '../../api/routing';

/**
 * The routing of a Get.
 *
 * @param named gives the path of what is to be read
 * @param receive gives it out
 */
export function getRouting(
	named: (this: IExecuteSingleFunctions) => ItemCall,
	receive: PostReceiveAction,
): INodePropertyRouting {
	return {
		request: { method: 'GET', url: '' },
		send: { paginate: true, preSend: [sendCall(named)] },
		output: { postReceive: [receive] },
	};
}
