import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	PreSendAction,
} from 'n8n-workflow';

import { detailsOf, failedItem, toNodeError } from '../errors';
import type { FileDetails } from '../types';
import { isObject } from './answers';
import { cancelSignal, paced } from './api';

/** Requests that their preSend refused; see below. */
const refusals = new WeakMap<object, unknown>();

/**
 * A preSend whose error waits until {@link sendItem}. n8n runs preSend outside of the hook that
 * sendItem is, and makes an error thrown there an item without details.
 */
export function preSend(
	prepare: (
		this: IExecuteSingleFunctions,
		options: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>,
): PreSendAction {
	return async function (options) {
		try {
			return await prepare.call(this, options);
		} catch (error) {
			refusals.set(options, error);
			return options;
		}
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
