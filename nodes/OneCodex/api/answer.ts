import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { OneCodexError } from '../errors/oneCodexError';
import { requestError } from '../errors/requestError';
import { answerText } from '../http/answerText';
import { betweenError } from '../http/between';
import { headerOf } from '../http/headers';
import { unlessIdle } from '../http/idle';
import { isPage } from '../http/page';
import { redact } from '../http/redact';
import { retryAfter } from '../http/retryAfter';
import { isObject, type ApiContext } from '../types';
import { baseUrlOf } from './addresses';
import { isText } from './answers/shape';
import { apiError } from './apiError';
import { cancelSignal } from './cancelSignal';

/** One Codex answers in well under a second; a connection that is dead says nothing at all. */
export const ANSWER_TIMEOUT_MS = 60_000;

/**
 * What an answer says.
 *
 * @param read checks the JSON (undefined for a 204, which has none) and gives what is wanted of it
 * @param mostBytes of a long answer, which may take its time as long as some of it comes
 * @throws OneCodexError (service) unless it is a success with JSON that can be read
 */
export async function apiAnswer<T>(
	context: ApiContext,
	response: IN8nHttpFullResponse,
	read: (answer: unknown, headers: IN8nHttpFullResponse['headers']) => T,
	mostBytes?: number,
): Promise<T> {
	const { statusCode, headers } = response;
	const credential = await context.getCredentials('oneCodexApi');
	const secrets = secretsOf(credential.apiKey);
	const text = await unlessIdle(ANSWER_TIMEOUT_MS, cancelSignal(context), async (_, onProgress) => {
		const long = mostBytes === undefined ? undefined : { mostBytes, onProgress };
		return redact(await answerText(response, long), secrets);
	});
	if (statusCode < 200 || statusCode > 299 || isPage(headers, text)) {
		const body = parsed(text);
		throw isOfOneCodex(response, body)
			? apiError(response, body)
			: betweenError(response, text, baseUrlOf(credential), secrets);
	}
	try {
		return read(statusCode === 204 ? undefined : json(text, statusCode), headers);
	} catch (cause) {
		const error = requestError(cause);
		error.facts.retryAfter ??= retryAfter(headers);
		throw error;
	}
}

/**
 * Whether One Codex says it: all its errors are JSON, `{"message", "status"}` or `{"msg", "status"}`.
 * A proxy never is One Codex.
 */
function isOfOneCodex({ statusCode, headers }: IN8nHttpFullResponse, body: unknown): boolean {
	if (statusCode === 407 || !isObject(body)) return false;
	const type = headerOf(headers, 'content-type') ?? 'application/json';
	const { message, msg, status } = body;
	return /\bjson\b/i.test(type) && isText(message ?? msg) && typeof status === 'number';
}

function json(text: string, httpCode: number): unknown {
	const body = parsed(text);
	if (typeof body === 'object' && body !== null) return body;
	throw new OneCodexError('service', 'One Codex answered with something that is not JSON', {
		httpCode,
		// A proxy that restarts answers so for a while, and so does an answer that was cut short.
		isTransient: true,
		description: 'Check the Base URL of the credential, and for a proxy in between.',
	});
}

/** The key as it is, and as Basic auth sends it. */
function secretsOf(apiKey: unknown): string[] {
	const key = String(apiKey).trim();
	return [key, Buffer.from(`${key}:`).toString('base64')];
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
