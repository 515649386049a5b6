import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import { isObject } from './answers';
import {
	API_STATUS,
	NETWORK_CODE,
	NOT_TRUSTED,
	POLICY_EXPIRED,
	STORAGE_CODE,
	type Message,
} from './messages';
import { shortText } from './shortText';
import { xmlText } from './xml';

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

/** An error status of S3. Of its XML only code and message: the rest repeats what was signed. */
export function storageError(
	{ statusCode, headers }: Head,
	xml: string,
	meanings = STORAGE_CODE,
): OneCodexError {
	const code = shortText(xmlText(xml, 'Code'));
	const said = shortText(xmlText(xml, 'Message'));
	const [message, description]: Message = isPolicyExpired(said)
		? POLICY_EXPIRED
		: (meaning(meanings, code) ??
			meaning(STORAGE_CODE, code) ?? [
				`The storage answered with status ${statusCode}`,
				statusCode >= 500
					? 'The storage has a problem. Run it again a little later.'
					: 'Run it again from its first step.',
			]);
	const reason = [code, said].filter(Boolean).join(', ');
	return new OneCodexError('service', reason ? `${message} (${reason})` : message, {
		httpCode: statusCode,
		code,
		description,
		retryAfter: retryAfter(headers),
	});
}

/** S3's AccessDenied for a policy whose time is over; a fresh init_upload gives a new one. */
export function isPolicyExpired(text: string): boolean {
	return /policy expired/i.test(text);
}

/**
 * What a request of n8n's helper failed with, as an error of ours. What the helper throws holds
 * the whole request, key and form included, so nothing of it is kept but its code.
 */
export function requestError(cause: unknown): OneCodexError {
	if (cause instanceof OneCodexError) return cause;
	const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
	if (inner instanceof OneCodexError) return inner;

	const code = codeOf(inner);
	if (!code) {
		// Not the network: a credential that is missing, or that refused to send its key.
		return new OneCodexError('input', inner instanceof Error ? inner.message : String(inner));
	}
	const [message, description]: Message =
		meaning(NETWORK_CODE, code) ??
		(/CERT|TLS|SSL|SIGNATURE/.test(code)
			? NOT_TRUSTED
			: ['The request failed', 'Check the address and the network, then run it again.']);
	return new OneCodexError('network', `${message} (${code})`, { code, description });
}

/** The code of Node.js. n8n 1 loses what caused its own error, but keeps the code in its `httpCode`. */
function codeOf(error: unknown): string {
	const { code, httpCode } = isObject(error) ? error : {};
	return [code, httpCode].find((each) => typeof each === 'string') ?? '';
}

/** A row of a table, and nothing that all objects have: the code may be any text of a server. */
function meaning(table: Record<string, Message>, code: string | number): Message | undefined {
	return Object.hasOwn(table, code) ? table[code] : undefined;
}

/** Retry-After (RFC 9110, 10.2.3), seconds or a date, in milliseconds from now. */
export function retryAfter(headers: Head['headers']): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string') return undefined;
	const wait = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
