import type { IDataObject, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { OneCodexError } from '../errors/oneCodexError';
import { requestError } from '../errors/requestError';
import { isTooLong, isTransient, MAX_RETRIES, retry, type RetrySettings } from '../http/retry';
import type { ApiContext } from '../types';
import { baseUrlOf } from './addresses';
import { ANSWER_TIMEOUT_MS, apiAnswer } from './answer';
import { cancelSignal } from './cancelSignal';
import { pacerFor } from './pacer';

/** Settings of every API request, programmatic or declarative. */
export const API_REQUEST_DEFAULTS = {
	json: true,
	// A stream, so that an answer is read only as far as it is of use.
	encoding: 'stream',
	// Statuses are ours to judge: n8n's helper would send a request that got a 401 a second time.
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
} as const;

export interface ApiSettings extends RetrySettings {
	/** Milliseconds that an answer may take. */
	answerTimeout: number;
	/** What an attempt may fail with and be repeated; by default what is transient. */
	shouldRepeat?: (error: OneCodexError) => boolean;
}

export interface ApiRequest {
	method: 'GET' | 'PATCH' | 'POST';
	/** From the base URL on. */
	path: string;
	body?: IDataObject;
	qs?: IDataObject;
	headers?: Record<string, string>;
	/** That its answer may have, where that is more than usual. */
	mostBytes?: number;
}

/** Settings of an operation that has no options for them. */
export function defaultSettings(context: ApiContext): ApiSettings {
	return {
		maxRetries: MAX_RETRIES,
		answerTimeout: ANSWER_TIMEOUT_MS,
		signal: cancelSignal(context),
	};
}

/**
 * Sends one request to One Codex, at the pace that it allows, and returns what it answered, as
 * `read` understands it.
 *
 * @throws OneCodexError
 */
export async function apiRequest<T>(
	context: ApiContext,
	request: ApiRequest,
	settings: ApiSettings,
	read: (answer: unknown, headers: IN8nHttpFullResponse['headers']) => T,
): Promise<T> {
	const baseURL = baseUrlOf(await context.getCredentials('oneCodexApi'));
	const { method, path, body, qs, headers, mostBytes } = request;
	const within = endingWith(context, settings.signal);
	return await paced(context, settings, async () => {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			within as IExecuteFunctions,
			'oneCodexApi',
			{
				...API_REQUEST_DEFAULTS,
				method,
				baseURL,
				url: path,
				body,
				qs,
				headers,
				timeout: settings.answerTimeout,
				returnFullResponse: true,
			},
		)) as IN8nHttpFullResponse;
		return await apiAnswer(within, response, read, mostBytes);
	});
}

/**
 * The context of requests that end with this signal. n8n's helper asks the context for the
 * execution's, with which the one that cleans up after a stop would end before it began.
 */
function endingWith<T extends ApiContext>(context: T, signal: AbortSignal): T {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as T;
}

/**
 * Sends when One Codex's rate limit allows it, and again when that may help.
 *
 * @param send one attempt
 * @throws OneCodexError
 */
export async function paced<T>(
	context: ApiContext,
	{ shouldRepeat = isTransient, ...settings }: ApiSettings,
	send: () => Promise<T>,
): Promise<T> {
	const credential = await context.getCredentials('oneCodexApi');
	const pacer = pacerFor(baseUrlOf(credential), credential.apiKey);
	const attempt = async () => {
		try {
			return await pacer.paced(send, settings.signal);
		} catch (cause) {
			const error = requestError(cause);
			const { httpCode, retryAfter } = error.facts;
			// Of a day, say, each request tells at once, and none waits for its turn in silence.
			if (httpCode === 429) pacer.slowDown(isTooLong(retryAfter) ? undefined : retryAfter);
			throw error;
		}
	};
	return await retry(attempt, settings, shouldRepeat);
}
