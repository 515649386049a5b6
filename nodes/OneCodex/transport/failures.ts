import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import { isObject } from './answers';
import { xmlText } from './xml';

/** What a status of One Codex means, and how to mend it. */
const API_STATUS: Record<number, [message: string, description: string]> = {
	400: ['One Codex did not accept the request', 'Check the fields of this node.'],
	401: [
		'One Codex does not know this API key',
		'Copy the key again from your One Codex settings into the credential.',
	],
	402: [
		'One Codex asks for a payment method or another plan',
		'Check the plan of your One Codex account.',
	],
	403: ['One Codex does not allow this', 'Ask the owner of the document or of the account.'],
	404: [
		'One Codex does not know this, or you may not see it',
		'Check the ID, and that the API key belongs to the right account.',
	],
	409: ['One Codex has this done already, or otherwise', 'Look at the document in One Codex.'],
	413: ['The request is too large for One Codex', 'Check the fields of this node.'],
	429: [
		'One Codex is getting too many requests with this API key',
		'Something else uses the same key. Wait a little, or use a key of its own.',
	],
};

/** What a code of S3 means, and how to mend it. */
const STORAGE_CODE: Record<string, [message: string, description: string]> = {
	AccessDenied: [
		'The storage refused the upload',
		'Use the upload URL and the fields as Init Upload gave them, unchanged.',
	],
	EntityTooLarge: [
		'The file is larger than its upload allows',
		'The size given to Init Upload must be the size of the file; one upload carries 5 GB at most.',
	],
	EntityTooSmall: [
		'The file is smaller than its upload allows',
		'The size given to Init Upload must be the size of the file.',
	],
	SignatureDoesNotMatch: [
		'The storage refused the upload: its fields were changed',
		'Use the upload URL and the fields as Init Upload gave them, unchanged.',
	],
	SlowDown: ['The storage is busy', 'Run it again a little later.'],
};

const POLICY_EXPIRED = /policy expired/i;

/** An error status of the API: `{"message"}`, or `{"msg"}` where the rate limit was met. */
export function apiError({ statusCode, headers, body }: IN8nHttpFullResponse): OneCodexError {
	const said = isObject(body) ? shortText(body.message ?? body.msg) : '';
	const [message, description] = API_STATUS[statusCode] ?? [
		`One Codex answered with status ${statusCode}`,
		statusCode >= 500
			? 'The service has a problem. Run it again a little later.'
			: 'Check the Base URL of the credential.',
	];
	return new OneCodexError('service', said ? `${message}: ${said}` : message, {
		httpCode: statusCode,
		description,
		retryAfter: retryAfter(headers['retry-after']),
	});
}

/** An error status of S3. Of its XML only code and message: the rest repeats what was signed. */
export function storageError({ statusCode, body }: IN8nHttpFullResponse): OneCodexError {
	const xml = typeof body === 'string' ? body : '';
	const code = shortText(xmlText(xml, 'Code'));
	const said = shortText(xmlText(xml, 'Message'));
	let [message, description] = STORAGE_CODE[code] ?? [
		`The storage answered with status ${statusCode}`,
		statusCode >= 500
			? 'The storage has a problem. Run it again a little later.'
			: 'Run Init Upload again and use what it gives, unchanged.',
	];
	if (POLICY_EXPIRED.test(said)) {
		message = 'The permission to upload has expired';
		description = 'Run Init Upload again, and Upload File soon after it.';
	}
	const reason = [code, said].filter(Boolean).join(', ');
	return new OneCodexError('service', reason ? `${message} (${reason})` : message, {
		httpCode: statusCode,
		description,
	});
}

/** Codes of Node.js for a request that got no answer. */
const NETWORK_CODE: Record<string, [message: string, description: string]> = {
	ECONNABORTED: ['No answer in time', 'Check the network, then run it again.'],
	ETIMEDOUT: ['No answer in time', 'Check the network, then run it again.'],
	ECONNREFUSED: ['Nothing answers there', 'Check the address, and that the service is up.'],
	ECONNRESET: ['The connection was closed early', 'Check the network, then run it again.'],
	EPIPE: ['The connection was closed early', 'Check the network, then run it again.'],
	ENOTFOUND: ['The host name is not known', 'Check the address, and the name service (DNS).'],
	EAI_AGAIN: ['The host name could not be looked up', 'Check the name service (DNS).'],
	ERR_CANCELED: ['The execution was stopped', 'Run it again.'],
};

/**
 * What a request of n8n's helper failed with, as an error of ours. What the helper throws holds
 * the whole request, key and form included, so nothing of it is kept but its code.
 */
export function requestError(cause: unknown): OneCodexError {
	if (cause instanceof OneCodexError) return cause;
	const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
	if (inner instanceof OneCodexError) return inner;

	const code = isObject(inner) && typeof inner.code === 'string' ? inner.code : '';
	if (!code) {
		// Not the network: a credential that is missing, or that refused to send its key.
		return new OneCodexError('input', inner instanceof Error ? inner.message : String(inner));
	}
	const [message, description] = NETWORK_CODE[code] ?? [
		/CERT|TLS|SSL/.test(code) ? 'The certificate of the server is not valid' : 'The request failed',
		'Check the address and the network, then run it again.',
	];
	return new OneCodexError('network', `${message} (${nodeCode(code)})`, { description });
}

/** n8n replaces a message in which it finds one of Node.js' codes: a space keeps it ours. */
function nodeCode(code: string): string {
	return code.replace(/^E(?=[A-Z])/, 'E ');
}

/** Retry-After (RFC 9110, 10.2.3), seconds or a date, in milliseconds from now. */
function retryAfter(header: unknown): number | undefined {
	if (typeof header !== 'string') return undefined;
	const wait = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** Text of a server in one line, not so long that it hides ours. */
function shortText(value: unknown): string {
	return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, 200) : '';
}
