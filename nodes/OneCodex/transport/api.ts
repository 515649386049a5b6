import { type IDataObject, type IExecuteFunctions, type IN8nHttpFullResponse } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import type { OperationContext } from '../types';
import { isObject } from './answers';
import { apiError, requestError } from './failures';
import { pacerFor } from './pacer';
import { wait } from './wait';

/** Settings of every API request, programmatic or declarative. */
export const API_REQUEST_DEFAULTS = {
	json: true,
	// Statuses are ours to judge: n8n's helper would send a request that got a 401 a second time.
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
} as const;

/** How often a request that was refused for its rate (429) is sent again, and how slowly. */
const RATE_RETRIES = 5;
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;

/** The calls that both the declarative operations and Upload Document make. */
export const INIT_UPLOAD_PATH = '/api/v1/documents/init_upload';
export const CONFIRM_UPLOAD_PATH = '/api/v1/documents/confirm_upload';

/** POSTs JSON to One Codex and returns the JSON object that it answered. */
export async function apiPost(
	context: IExecuteFunctions,
	path: string,
	body: IDataObject,
	signal: AbortSignal,
): Promise<IDataObject> {
	const { baseUrl } = await context.getCredentials('oneCodexApi');
	return await paced(context, signal, async () => {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			'oneCodexApi',
			{
				...API_REQUEST_DEFAULTS,
				method: 'POST',
				baseURL: String(baseUrl),
				url: path,
				body,
				returnFullResponse: true,
			},
		)) as IN8nHttpFullResponse;
		return apiAnswer(response);
	});
}

/**
 * Sends when One Codex's rate limit allows it, and again when other clients of the key had used
 * it up (429).
 *
 * @param signal ends the waiting
 * @param send one attempt
 * @throws OneCodexError
 */
export async function paced<T>(
	context: OperationContext,
	signal: AbortSignal,
	send: () => Promise<T>,
): Promise<T> {
	const { baseUrl, apiKey } = await context.getCredentials('oneCodexApi');
	const pacer = pacerFor(baseUrl, apiKey);

	for (let attempt = 0; ; attempt++) {
		await pacer.turn(signal);
		try {
			return await send();
		} catch (cause) {
			const error = requestError(cause);
			if (error.facts.httpCode !== 429 || attempt === RATE_RETRIES) throw error;
			const delay = error.facts.retryAfter ?? backoff(attempt);
			pacer.pause(delay);
			await wait(delay, signal);
		}
	}
}

/** Exponential with full jitter, so that clients refused together do not return together. */
function backoff(attempt: number): number {
	return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
}

/** Aborts when the execution is cancelled. */
export function cancelSignal(context: OperationContext): AbortSignal {
	return context.getExecutionCancelSignal() ?? new AbortController().signal;
}

/** @throws OneCodexError (service) unless it is a success with a JSON object */
export function apiAnswer(response: IN8nHttpFullResponse): IDataObject {
	if (response.statusCode < 200 || response.statusCode > 299) throw apiError(response);
	if (!isObject(response.body)) {
		throw new OneCodexError('service', 'One Codex answered with something that is not JSON', {
			httpCode: response.statusCode,
			description: 'Check the Base URL of the credential, and for a proxy in between.',
		});
	}
	return response.body;
}
