import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { apiError, requestError, storageError } from '../../nodes/OneCodex/transport/failures';
import { Pacer, pacerFor } from '../../nodes/OneCodex/transport/pacer';
import { secureUrl } from '../../nodes/OneCodex/transport/secureUrl';
import { wait } from '../../nodes/OneCodex/transport/wait';
import { xmlText } from '../../nodes/OneCodex/transport/xml';
import { documentId } from '../../nodes/OneCodex/upload/documentId';

const response = (statusCode: number, body: unknown, headers = {}): IN8nHttpFullResponse => ({
	statusCode,
	body: body as IN8nHttpFullResponse['body'],
	headers,
});

describe('a secure URL', () => {
	it.each([
		'https://app.onecodex.com',
		'https://10.0.0.1:8443/x',
		'http://localhost:5678',
		'http://LOCALHOST',
		'http://api.localhost',
		'http://127.0.0.1',
		'http://127.9.8.7:1',
		'http://[::1]:80',
		' https://app.onecodex.com ',
	])('is %j', (url) => {
		expect(secureUrl(url, 'It').protocol).toMatch(/^https?:$/);
	});

	it.each([
		'http://app.onecodex.com',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://10.0.0.1',
		'http://[::2]',
		'ftp://localhost',
		'file:///etc/passwd',
		'app.onecodex.com',
		'',
		undefined,
		42,
	])('is not %j', (url) => {
		expect(() => secureUrl(url, 'It')).toThrow(/^It (is not a URL|must start with https:\/\/)/);
	});
});

describe('a document ID', () => {
	const id = '28459508592a481c';
	it.each([
		id,
		` ${id}\n`,
		`/api/v1/documents/${id}`,
		`https://app.onecodex.com/api/v1/documents/${id}`,
		`https://app.onecodex.com/documents/${id}/?tab=1`,
	])('is found in %j', (value) => expect(documentId(value)).toBe(id));

	it.each([
		'',
		id.toUpperCase(),
		`${id}0`,
		id.slice(1),
		`/samples/${id}`,
		`x/${id}`,
		undefined,
		1,
		{},
	])('is not in %j', (value) => expect(() => documentId(value)).toThrow(/^Document ID is/));
});

describe('the pace', () => {
	it('lets no window of a second hold more than ten requests, and is shared for a key', async () => {
		const pacer = pacerFor('https://onecodex.example', 'key');
		expect(pacerFor('https://onecodex.example', 'key')).toBe(pacer);
		expect(pacerFor('https://onecodex.example', 'another')).not.toBe(pacer);

		const { signal } = new AbortController();
		const departures = await Promise.all(
			Array.from({ length: 25 }, async () => {
				await pacer.turn(signal);
				return performance.now();
			}),
		);
		for (let last = 10; last < departures.length; last++) {
			expect(departures[last] - departures[last - 10]).toBeGreaterThan(1_000);
		}
		// The first ten need not wait.
		expect(departures[9] - departures[0]).toBeLessThan(500);
	});

	it('is held by a pause, and left at once by a signal', async () => {
		const pacer = new Pacer();
		pacer.pause(60_000);
		const stop = new AbortController();
		const turn = pacer.turn(stop.signal);
		stop.abort(new Error('stopped'));
		await expect(turn).rejects.toThrow('stopped');
		await expect(wait(60_000, stop.signal)).rejects.toThrow('stopped');
	});
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
		[500, '<html>', /^One Codex answered with status 500$/],
		[418, undefined, /^One Codex answered with status 418$/],
	])('of One Codex with status %d say what it said', (status, body, message) => {
		const error = apiError(response(status, body));
		expect(error.message).toMatch(message);
		expect(error.facts).toMatchObject({ httpCode: status, description: expect.any(String) });
	});

	it.each([
		['5', 5_000],
		['soon', undefined],
		[undefined, undefined],
	])('take Retry-After %j', (header, expected) => {
		expect(apiError(response(429, {}, { 'retry-after': header })).facts.retryAfter).toBe(expected);
	});

	it('take Retry-After as a date', () => {
		const header = new Date(Date.now() + 10_000).toUTCString();
		const { retryAfter } = apiError(response(429, {}, { 'retry-after': header })).facts;
		expect(retryAfter).toBeGreaterThan(7_000);
		expect(retryAfter).toBeLessThanOrEqual(10_000);
	});

	it('of S3 say code and message, and not what was signed', () => {
		const xml =
			'<Error><Code>SignatureDoesNotMatch</Code><Message>It does not match</Message>' +
			'<StringToSign>c2VjcmV0</StringToSign><SignatureProvided>sig=</SignatureProvided></Error>';
		const error = storageError(response(403, xml));
		expect(error.message).toBe(
			'The storage refused the upload: its fields were changed (SignatureDoesNotMatch, It does not match)',
		);
		expect(JSON.stringify(error)).not.toMatch(/c2VjcmV0|sig=/);
		expect(storageError(response(502, Buffer.alloc(3))).message).toBe(
			'The storage answered with status 502',
		);
	});

	it('of the network keep nothing of the request but the code', () => {
		const cause = Object.assign(new Error('connect failed'), {
			code: 'ECONNREFUSED',
			config: { auth: { username: 'secret' } },
		});
		const error = requestError(new Error('wrapped', { cause }));
		expect(error.message).toBe('Nothing answers there (E CONNREFUSED)');
		expect(JSON.stringify({ ...error, stack: error.stack })).not.toContain('secret');
		expect(requestError(Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' })).message).toBe(
			'The certificate of the server is not valid (CERT_HAS_EXPIRED)',
		);
		expect(requestError('text').message).toBe('text');
	});
});

it.each([
	['<A><B>x</B></A>', 'B', 'x'],
	['<ETag>&quot;a&amp;b&#39;&lt;&gt;&apos;&quot;</ETag>', 'ETag', '"a&b\'<>\'"'],
	['<A>&unknown;</A>', 'A', '&unknown;'],
	['<A>x', 'A', ''],
	['', 'A', ''],
])('the text in %j of %s is %j', (xml, element, text) => {
	expect(xmlText(xml, element)).toBe(text);
});
