import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { API_STATUS, meaning } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import { retryAfter } from '../http/retryAfter';
import { shortText } from '../http/shortText';
import { isObject } from '../types';

type Head = Pick<IN8nHttpFullResponse, 'headers' | 'statusCode'>;

/** An error status of the API: `{"message"}`, or `{"msg"}` where the rate limit was met. */
export function apiError({ statusCode, headers }: Head, body: unknown): OneCodexError {
	const said = isObject(body) ? shortText(body.message ?? body.msg) : '';
	const [message, description] = meaning(API_STATUS, statusCode) ?? [
		`One Codex answered with status ${statusCode}`,
		statusCode >= 500
			? 'The service has a problem. Run it again a little later.'
			: 'Check the Base URL of the credential.',
	];
	return new OneCodexError('service', said ? `${message}: ${said}` : message, {
		httpCode: statusCode,
		description,
		retryAfter: retryAfter(headers),
	});
}
