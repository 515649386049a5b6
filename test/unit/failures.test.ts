import { readFileSync } from 'node:fs';

import { requestError } from '../../nodes/OneCodex/errors/requestError';
import * as messages from '../../nodes/OneCodex/errors/messages';
import { redact } from '../../nodes/OneCodex/http/redact';
import { documentedWords } from '../errorsPage';
import { thrownMessages } from './thrownMessages';
import { apiError } from '../../nodes/OneCodex/api/apiError';
import { storageError } from '../../nodes/OneCodex/storage/storageError';

const head = (statusCode: number, retryAfter?: string) => ({
	statusCode,
	headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});

describe('errors', () => {
	it.each([
		[401, { message: 'Unauthorized', status: 401 }, /does not know this API key: Unauthorized/],
		[
			402,
			{ message: 'Upgrade', status: 402 },
			/asks for a payment method or another plan: Upgrade/,
		],
		[404, { message: 'Not found', status: 404 }, /does not know this, or you may not see it/],
		[429, { msg: 'Rate limited.', status: 429 }, /too many requests .*: Rate limited\./],
		[500, '<html>', /^One Codex has a problem$/],
		[418, undefined, /^One Codex answered with status 418$/],
	])('of One Codex with status %d say what it said', (status, body, message) => {
		const error = apiError(head(status), body);
		expect(error.message).toMatch(message);
		expect(error.facts).toMatchObject({ httpCode: status, description: expect.any(String) });
	});

	it.each([
		['5', 5_000],
		['soon', undefined],
		[undefined, undefined],
	])('take Retry-After %j', (header, expected) => {
		expect(apiError(head(429, header), {}).facts.retryAfter).toBe(expected);
	});

	it('take Retry-After as a date', () => {
		const header = new Date(Date.now() + 10_000).toUTCString();
		const { retryAfter } = apiError(head(429, header), {}).facts;
		expect(retryAfter).toBeGreaterThan(7_000);
		expect(retryAfter).toBeLessThanOrEqual(10_000);
	});

	it('of S3 say code and message, and not what was signed', () => {
		const xml =
			'<Error><Code>SignatureDoesNotMatch</Code><Message>It does not match</Message>' +
			'<StringToSign>c2VjcmV0</StringToSign><SignatureProvided>sig=</SignatureProvided></Error>';
		const error = storageError(head(403), xml);
		expect(error.message).toBe(
			'The storage refused the upload: its fields were changed (SignatureDoesNotMatch, It does not match)',
		);
		expect(JSON.stringify(error)).not.toMatch(/c2VjcmV0|sig=/);
		expect(storageError(head(502), '').message).toBe('The storage answered with status 502');
	});

	it('of the network keep nothing of the request but the code', () => {
		const cause = Object.assign(new Error('connect failed'), {
			code: 'ECONNREFUSED',
			config: { auth: { username: 'secret' } },
		});
		const error = requestError(new Error('wrapped', { cause }));
		expect(error.message).toBe('Nothing answers there (ECONNREFUSED)');
		expect(JSON.stringify({ ...error, stack: error.stack })).not.toContain('secret');
		expect(requestError(Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' })).message).toBe(
			'The certificate of the server has expired (CERT_HAS_EXPIRED)',
		);
		expect(requestError('text').message).toBe('text');
	});
});

it('what a server repeats of a secret is left out', () => {
	expect(redact('Key 0123456789 is not known: 0123456789', ['0123456789'])).toBe(
		'Key *** is not known: ***',
	);
	expect(redact('a b', ['', 'a'])).toBe('a b');
});

it('the page of errors has every message, and how to mend it', () => {
	const page = readFileSync('docs/errors.md', 'utf8');
	const { API_STATUS, STORAGE_CODE, DOWNLOAD_CODE, NETWORK_CODE } = messages;
	const { NOT_KEPT, NOT_TRUSTED, POLICY_EXPIRED, STORE_LIMIT } = messages;
	const tables = [API_STATUS, STORAGE_CODE, DOWNLOAD_CODE, NETWORK_CODE, STORE_LIMIT];
	const rows: messages.Message[] = [
		...tables.flatMap((table) => Object.values(table)),
		NOT_KEPT,
		NOT_TRUSTED,
		POLICY_EXPIRED,
	];
	for (const [message, description] of rows) {
		expect(page).toMatch(row(message, description));
	}
	for (const code of tables.flatMap((table) => Object.keys(table))) {
		expect(page).toContain(`\`${code}\``);
	}
});

describe('the page of errors has what the code throws:', () => {
	const documented = documentedWords();
	it.each(thrownMessages())('%s', (message) => {
		expect(documented(message)).toBeDefined();
	});
});

/** A row of a Markdown table with these two cells side by side, whatever its padding. */
function row(message: string, description: string): RegExp {
	const cell = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`\\| ${cell(message)} +\\| ${cell(description)} +\\|`);
}
