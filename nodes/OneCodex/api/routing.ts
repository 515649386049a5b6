import type {
	DeclarativeRestApiSettings,
	IBinaryKeyData,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	PostReceiveAction,
	PreSendAction,
} from 'n8n-workflow';

import { asRouted, detailsOf, failedItem, toNodeError } from '../errors/nodeErrors';
import type { FileDetails } from '../types';
import { apiAnswer } from './answer';
import { defaultSettings, paced, type ApiSettings } from './request';

/** What one item asks of One Codex. */
export interface ItemCall {
	/** Where it is not the same for all items. */
	path?: string;
	body?: IDataObject;
	details: FileDetails;
}

/** What an item asks, by the context that n8n gives both preSend and postReceive of it. */
const calls = new WeakMap<object, ItemCall>();

/** By the request's options, for the hook around it: the same, or why preSend refused. */
interface Prepared {
	call: ItemCall;
	refusal?: unknown;
	/** What the item keeps where it fails. */
	binary?: IBinaryKeyData;
}

const prepared = new WeakMap<object, Prepared>();

/**
 * A preSend that gives the request its path and body. Where that fails, the error waits until
 * {@link sendItem}: n8n runs preSend outside of the hook that sendItem is, and makes an error
 * thrown there an item without details.
 *
 * @param keep the files that the item keeps where it fails
 */
export function sendCall(
	prepare: (this: IExecuteSingleFunctions) => Promise<ItemCall> | ItemCall,
	keep?: (this: IExecuteSingleFunctions) => IBinaryKeyData | undefined,
): PreSendAction {
	return async function (options) {
		const binary = keep?.call(this);
		try {
			const call = await prepare.call(this);
			const { path = options.url, body } = call;
			const request = { ...options, url: path, ...(body && withBody(body, options)) };
			calls.set(this, call);
			prepared.set(request, { call, binary });
			return request;
		} catch (refusal) {
			prepared.set(options, { call: { details: {} }, refusal, binary });
			return options;
		}
	};
}

/** n8n sends no object that is empty. */
function withBody(body: IDataObject, { headers }: IHttpRequestOptions) {
	if (Object.keys(body).length) return { body };
	return { body: '{}', headers: { ...headers, 'Content-Type': 'application/json' } };
}

/**
 * A postReceive that makes the item's output of a good answer and of what was asked. It gets the
 * call itself: parameters evaluated once more could give something else than One Codex got.
 */
export function receiveAnswer(
	toItem: (
		this: IExecuteSingleFunctions,
		answer: unknown,
		call: ItemCall,
	) => Pick<INodeExecutionData, 'json' | 'binary'>,
): PostReceiveAction {
	return async function (_items, response) {
		const call = calls.get(this) ?? { details: {} };
		const output = await apiAnswer(this, response, (answer) => toItem.call(this, answer, call));
		return [{ ...output, pairedItem: { item: this.getItemIndex() } }];
	};
}

/** One item's request, for who decides how often to send it. */
export interface ItemRequest {
	context: IExecutePaginationFunctions;
	settings: ApiSettings;
	call: ItemCall;
	/** One attempt. */
	send(): Promise<INodeExecutionData[]>;
	/** The item that an answer makes, where the answer is known without one. */
	itemOf(json: IDataObject): INodeExecutionData[];
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
		const { call, refusal, binary } = prepared.get(request.options) ?? { call: { details: {} } };
		const item = this.getItemIndex();
		const itemOf = (json: IDataObject) => [{ json, pairedItem: { item } }];
		const settings = defaultSettings(this);
		request.options.timeout = settings.answerTimeout;
		// n8n's helper writes into what it is given, and every attempt is to begin the same.
		const send = async () =>
			await this.makeRoutingRequest({ ...request, options: { ...request.options } });
		try {
			if (refusal !== undefined) throw refusal;
			return await strategy({ context: this, settings, call, send, itemOf });
		} catch (error) {
			const known = detailsOf(error, call.details);
			const nodeError = toNodeError(this.getNode(), error, item, known);
			if (!this.continueOnFail()) throw asRouted(this.getNode(), nodeError, item);
			return [failedItem(nodeError, item, known, binary)];
		}
	};
}

/** Sends at the pace that One Codex allows, and again when that may help. */
export const sendItem = itemSender(
	async ({ context, settings, send }) => await paced(context, settings, send),
);
