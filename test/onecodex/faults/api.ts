import { STATUS_CODES } from 'node:http';
import { ApiError, errorAnswer } from '../api/errors';
import type { ApiAnswer, ApiCall } from '../api/router';
import type { Fault } from './types';

/** The API's answer of a status, given in place of what was asked for. */
export function statusAnswer(fault: Fault & { kind: 'status' }): ApiAnswer {
	const { status, retryAfter } = fault;
	return {
		...errorAnswer(new ApiError(status, STATUS_CODES[status] ?? 'Error')),
		...(retryAfter !== undefined && { headers: { 'Retry-After': retryAfter } }),
	};
}

/** A confirmation that did not succeed, with 200 all the same. */
export const unsuccessful = ({ json }: ApiCall): ApiAnswer => ({
	status: 200,
	body: {
		document: { $ref: `/api/v1/documents/${String(json().document_id)}` },
		message: 'The upload could not be confirmed.',
		success: false,
	},
});
