import {
	NodeApiError,
	NodeOperationError,
	type IBinaryKeyData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { FileDetails } from '../types';
import { OneCodexError } from './oneCodexError';

/** What an error may be about, in the order in which it names them. */
const KINDS = ['document', 'sample', 'analysis', 'project', 'job'] as const;

/**
 * The error in n8n's own type, its message ending with the file, the document and the item.
 *
 * @param itemIndex undefined for a trigger, which has no items
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
	details: FileDetails = {},
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof OneCodexError)) {
		return new NodeOperationError(node, error as Error, { itemIndex });
	}

	const { attempts = 1, httpCode } = error.facts;
	const tried = attempts > 1 ? `It was tried ${attempts} times.` : '';
	const description = [error.facts.description, tried].filter(Boolean).join(' ');
	const known = { ...details, ...error.facts.details };
	const name = known.filename ?? known.binaryPropertyName ?? '';
	const subject = [
		// Not twice where the message is about the field itself.
		error.message.includes(`"${name}"`) ? '' : name,
		...KINDS.map((kind) => known[`${kind}_id`] && `${kind} ${known[`${kind}_id`]}`),
		itemIndex !== undefined && `item ${itemIndex}`,
	].filter(Boolean);
	const message = subject.length ? `${error.message} [${subject.join(', ')}]` : error.message;

	const nodeError =
		error.kind === 'input'
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, { message }, { message, description, itemIndex });
	if (nodeError instanceof NodeApiError && httpCode) nodeError.httpCode = String(httpCode);
	return worded(nodeError, message);
}

/**
 * n8n puts words of its own in place of a message in which it finds a code of Node.js, be it in
 * the middle of a word: a file named filepermissions.pdf would make "Operation not permitted" of it.
 */
function worded<E extends NodeApiError | NodeOperationError>(nodeError: E, message: string): E {
	nodeError.message = message;
	nodeError.messages = [];
	return nodeError;
}

/**
 * The same error as routing throws it on: whatever is no NodeApiError it makes one, and then n8n
 * would look for codes in the message again.
 */
export function asRouted(
	node: INode,
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
): NodeApiError {
	if (error instanceof NodeApiError) return error;
	const { message } = error;
	const description = error.description ?? undefined;
	return worded(new NodeApiError(node, { message }, { message, description, itemIndex }), message);
}

/**
 * The item of a file that failed, when the node continues on error. n8n 2 sends it to the error
 * output because its JSON has no keys but these two. n8n 1 wants an `error` beside the JSON, and so
 * does n8n 2 in combined binary mode, where it moves the file into the JSON first. Of such an item
 * both would make the JSON anew, without the details; where the `error` is not enumerable, it is not
 * in the copy of the item that n8n puts on that output.
 *
 * @param binary the file, for the branch that deals with it; {} for none of the item's
 */
export function failedItem(
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
	details: FileDetails,
	binary?: IBinaryKeyData,
): INodeExecutionData {
	const httpCode = error instanceof NodeApiError && error.httpCode;
	const json: IDataObject = {
		error: error.message,
		details: { ...details, ...(httpCode && { httpCode: Number(httpCode) }) },
	};
	const hasFile = binary && Object.keys(binary).length > 0;
	const item = { json, ...(hasFile && { binary }), pairedItem: { item: itemIndex } };
	if (error.node.onError !== 'continueErrorOutput') return item;
	if (binary && !hasFile) json._files = {};
	return Object.defineProperty(item, 'error', { value: error });
}

/** The details that the error itself brought along, over those of its surroundings. */
export function detailsOf(error: unknown, details: FileDetails): FileDetails {
	return error instanceof OneCodexError ? { ...details, ...error.facts.details } : details;
}
