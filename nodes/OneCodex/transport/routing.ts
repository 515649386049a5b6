import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
	PostReceiveAction,
	PreSendAction,
} from 'n8n-workflow';

import { detailsOf, failedItem, toNodeError } from '../errors';
import type { FileDetails } from '../types';
import { isObject } from './answers';
import { apiAnswer, cancelSignal, paced } from './api';

/** Requests that their preSend refused; see {@link sendBody}. */
const refusals = new WeakMap<object, unknown>();

/** The body that an item sent, by the context that n8n gives both preSend and postReceive of it. */
const bodies = new WeakMap<object, IDataObject>();

/**
 * A preSend that gives the request its body. Where that fails, the error waits until
 * {@link sendItem}: n8n runs preSend outside of the hook that sendItem is, and makes an error
 * thrown there an item without details.
 */
export function sendBody(
	prepare: (this: IExecuteSingleFunctions) => Promise<IDataObject>,
): PreSendAction {
	return async function (options) {
		try {
			const body = await prepare.call(this);
			bodies.set(this, body);
			return { ...options, body };
		} catch (error) {
			refusals.set(options, error);
			return options;
		}
	};
}

/**
 * A postReceive that makes the item's output of a good answer and of what was sent. It gets the
 * body itself: parameters evaluated once more could give something else than One Codex got.
 */
export function receiveAnswer(
	toItem: (
		this: IExecuteSingleFunctions,
		answer: IDataObject,
		sent: IDataObject,
	) => Pick<INodeExecutionData, 'json' | 'binary'>,
): PostReceiveAction {
	return async function (_items, response) {
		const output = toItem.call(this, apiAnswer(response), bodies.get(this) ?? {});
		return await Promise.resolve([{ ...output, pairedItem: { item: this.getItemIndex() } }]);
	};
}

/**
 * Sends the request of a declarative operation for one item. n8n's routing fires the requests of
 * all items at once and has one hook around a request, meant for pagination: through it every
 * declarative operation gets the pace, the errors and the failed items of the others.
 */
export async function sendItem(
	this: IExecutePaginationFunctions,
	request: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	try {
		if (refusals.has(request.options)) throw refusals.get(request.options);
		return await paced(
			this,
			cancelSignal(this),
			async () => await this.makeRoutingRequest(request),
		);
	} catch (error) {
		const details = detailsOf(error, sentDetails(request.options.body));
		const nodeError = toNodeError(this.getNode(), error, this.getItemIndex(), details);
		if (!this.continueOnFail()) throw nodeError;
		return [failedItem(nodeError, this.getItemIndex(), details)];
	}
}

/** The API's own names for a file and a document are those of the details. */
function sentDetails(body: unknown): FileDetails {
	if (!isObject(body)) return {};
	const { document_id, filename } = body;
	return {
		...(typeof document_id === 'string' && { document_id }),
		...(typeof filename === 'string' && { filename }),
	};
}
