import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
	PostReceiveAction,
	PreSendAction,
} from 'n8n-workflow';

import { asRouted, detailsOf, failedItem, toNodeError } from '../errors';
import type { FileDetails } from '../types';
import { isObject } from './answers';
import { defaultSettings, paced, type ApiSettings } from './api';
import { apiAnswer } from './apiAnswer';

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
		const sent = bodies.get(this) ?? {};
		const output = await apiAnswer(this, response, (answer) => toItem.call(this, answer, sent));
		return [{ ...output, pairedItem: { item: this.getItemIndex() } }];
	};
}

/** One item's request: how to send it once, and what it says. */
export interface ItemRequest {
	context: IExecutePaginationFunctions;
	settings: ApiSettings;
	body: IDataObject;
	send(): Promise<INodeExecutionData[]>;
}

/**
 * Makes the function that sends the request of a declarative operation for one item. n8n's routing
 * fires the requests of all items at once and has one hook around a request, meant for pagination:
 * through it every declarative operation gets the pace, the retries, the errors and the failed
 * items of the others.
 *
 * @param strategy how often and in what order to send
 */
export function itemSender(strategy: (request: ItemRequest) => Promise<INodeExecutionData[]>) {
	return async function (
		this: IExecutePaginationFunctions,
		request: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const body = isObject(request.options.body) ? request.options.body : {};
		const settings = defaultSettings(this);
		request.options.timeout = settings.answerTimeout;
		// n8n's helper writes into what it is given, and every attempt is to begin the same.
		const send = async () =>
			await this.makeRoutingRequest({ ...request, options: { ...request.options } });
		try {
			if (refusals.has(request.options)) throw refusals.get(request.options);
			return await strategy({ context: this, settings, body, send });
		} catch (error) {
			const details = detailsOf(error, sentDetails(body));
			const nodeError = toNodeError(this.getNode(), error, this.getItemIndex(), details);
			if (!this.continueOnFail()) throw asRouted(this.getNode(), nodeError, this.getItemIndex());
			return [failedItem(nodeError, this.getItemIndex(), details)];
		}
	};
}

/** Sends at the pace that One Codex allows, and again when that may help. */
export const sendItem = itemSender(
	async ({ context, settings, send }) => await paced(context, settings, send),
);

/** The API's own names for a file and a document are those of the details. */
function sentDetails({ document_id, filename }: IDataObject): FileDetails {
	return {
		...(typeof document_id === 'string' && { document_id }),
		...(typeof filename === 'string' && { filename }),
	};
}
