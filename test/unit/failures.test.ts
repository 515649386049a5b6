import { readFileSync } from 'node:fs';

import { OneCodexError } from '../../nodes/OneCodex/errors/oneCodexError';
import { requestError } from '../../nodes/OneCodex/errors/requestError';
import {
	BETWEEN,
	FOR_PARTS,
	FOR_STORAGE,
	NOT_EXPECTED,
	PAGE,
	PART_TOO_LARGE,
	REDIRECTED,
	STORAGE_REDIRECTED,
} from '../../nodes/OneCodex/errors/between';
import * as messages from '../../nodes/OneCodex/errors/messages';
import { betweenError } from '../../nodes/OneCodex/http/between';
import { redact } from '../../nodes/OneCodex/http/redact';
import { PROXY_SAYS } from '../../nodes/OneCodex/errors/proxyMessages';
import { apiError } from '../../nodes/OneCodex/api/apiError';
import { isServed, storageError, storageFailure } from '../../nodes/OneCodex/storage/storageError';

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
		[499, /^Check the Base URL/, /^Run it again from its first step/],
		[500, /^Run it again a little later/, /^The storage has a problem\./],
		[501, /^The service has a problem\./, /^The storage has a problem\./],
		[599, /^The service has a problem\./, /^The storage has a problem\./],
	])('with status %i advise what helps', (status, ofApi, ofStorage) => {
		expect(apiError(head(status), {}).description).toMatch(ofApi);
		expect(storageError(head(status), '').description).toMatch(ofStorage);
	});

	it('say it in one line, and not at length', () => {
		const said = (message: unknown) => apiError(head(404), { message }).message.split(': ')[1];
		expect(said(' No\r\n such  thing ')).toBe('No such thing');
		expect(said('x'.repeat(300))).toBe('x'.repeat(200));
		expect(said({ text: 'no' })).toBeUndefined();
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

	it.each([
		[
			412,
			'',
			/^The file was changed while it was read \(PreconditionFailed\)$/,
			'PreconditionFailed',
		],
		[416, '', /^The file is shorter than One Codex says \(InvalidRange\)$/, 'InvalidRange'],
		[404, 'NoSuchKey', /^The file is not in its place \(NoSuchKey\)$/, 'NoSuchKey'],
		[403, 'AccessDenied', /^The storage refused the download \(AccessDenied\)$/, 'AccessDenied'],
		[503, 'SlowDown', /^The storage is busy \(SlowDown\)$/, 'SlowDown'],
		[400, 'Other', /^The storage answered with status 400 \(Other\)$/, 'Other'],
		[400, '', /^The storage answered with status 400$/, ''],
		[400, 'toString', /^The storage answered with status 400 \(toString\)$/, 'toString'],
	])(
		'of a download with status %i and code %j are told as such',
		(status, given, message, code) => {
			const xml = given && `<Error><Code>${given}</Code></Error>`;
			const error = storageError(head(status, '1'), xml, messages.DOWNLOAD_CODE);
			expect(error.message).toMatch(message);
			expect(error).toMatchObject({
				kind: 'service',
				facts: { code, httpCode: status, retryAfter: 1_000, description: expect.any(String) },
			});
		},
	);

	it('of a policy that has expired say so', () => {
		const said = (text: string) => `<Code>AccessDenied</Code><Message>${text}</Message>`;
		const errorOf = (text: string) => storageError(head(403), said(text)).message;
		expect(errorOf('Invalid according to Policy: Policy expired.')).toMatch(
			/^The permission to upload has expired \(AccessDenied, /,
		);
		expect(errorOf('Access Denied')).toMatch(/^The storage refused the upload \(/);
	});

	it.each([
		[403, { 'x-amz-request-id': '1' }, '', /^The storage answered with status 403$/],
		[403, {}, ' <Error><Code>AccessDenied</Code></Error>', /^The storage refused the upload/],
		[403, {}, '<Error xmlns="x"><Code>AccessDenied</Code></Error>', /^The storage refused/],
		[403, {}, '<Errors>', /^Something between n8n and s3\.example refused the request$/],
		[407, { 'x-amz-request-id': '1' }, '<Error>', /^The proxy between n8n and s3\.example/],
	])('with status %i, %j and %j are of the storage or not', (status, headers, text, message) => {
		const response = { statusCode: status, headers };
		expect(storageFailure(response, text, 'https://s3.example/x', []).message).toMatch(message);
	});

	it('of the storage have no secret that was sent', () => {
		const text = '<Error><Message>No 0123456789</Message></Error>';
		const { message } = storageFailure(head(400), text, 'https://s3.example', ['0123456789']);
		expect(message).toMatch(/\(No \*\*\*\)$/);
	});

	it('of the network keep nothing of the request but the code', () => {
		const cause = Object.assign(new Error('connect failed'), {
			code: 'ECONNREFUSED',
			config: { auth: { username: 'secret' } },
		});
		const error = requestError(new Error('wrapped', { cause }));
		expect(error.message).toBe('Nothing answers there (ECONNREFUSED)');
		expect(error.kind).toBe('network');
		expect(error.facts).toEqual({ code: 'ECONNREFUSED', description: expect.any(String) });
		expect(JSON.stringify({ ...error, stack: error.stack })).not.toContain('secret');
		const { kind, message, facts } = requestError('text');
		expect({ kind, message, facts }).toEqual({ kind: 'input', message: 'text', facts: {} });
	});

	it.each([
		['CERT_HAS_EXPIRED', /^The certificate of the server has expired \(/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', /^The server cannot be trusted: /],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /^The server cannot be trusted: /],
		['ERR_TLS_CERT_ALTNAME_INVALID', /^The server cannot be trusted: /],
		['ERR_SSL_WRONG_VERSION_NUMBER', /^The server cannot be trusted: /],
		['Z_DATA_ERROR', /^The answer was compressed in a wrong way \(/],
		['ERR_BROTLI_DECODER_ERROR_FORMAT', /^The answer was compressed in a wrong way \(/],
		['ERR__ERROR_FORMAT_PADDING_1', /^The answer was compressed in a wrong way \(/],
		['EZ_OTHER', /^The request failed \(/],
	])('of the network are told by the code %s', (code, message) => {
		// n8n 1 has the code there, and none of its own.
		for (const where of ['code', 'httpCode']) {
			const error = requestError(Object.assign(new Error('x'), { [where]: code }));
			expect(error.message).toMatch(message);
			expect(error.message).toContain(`(${code})`);
			expect(error).toMatchObject({ kind: 'network', facts: { code } });
			expect(error.description).toMatch(/\.$/);
		}
	});

	it('of ours are found under what others wrapped them in', () => {
		const ours = new OneCodexError('service', 'ours');
		const outer = new OneCodexError('input', 'outer');
		expect(requestError(ours)).toBe(ours);
		expect(requestError(new Error('one', { cause: new Error('two', { cause: ours }) }))).toBe(ours);
		expect(requestError(Object.assign(outer, { cause: ours }))).toBe(outer);
	});

	it('that cause each other come to an end', () => {
		const one = new Error('one');
		one.cause = new Error('two', { cause: one });
		expect(requestError(one).message).toBe('two');
	});

	it("of n8n's own protection keep n8n's words and advice, however deep", () => {
		const blocked = Object.assign(new Error('The request was blocked because it resolves'), {
			description: 'The target is not allowed. Ask your n8n administrator.',
		});
		const byAxios = Object.assign(new Error('blocked', { cause: blocked }), { code: null });
		for (const error of [blocked, byAxios, new Error('Forbidden', { cause: byAxios })]) {
			const { kind, message, facts } = requestError(error);
			expect({ kind, message, facts }).toEqual({
				kind: 'input',
				message: blocked.message,
				facts: { description: blocked.description },
			});
		}
	});

	it.each([
		['Proxy connection ended before receiving CONNECT response', /^The proxy closed/, true],
		['URI malformed', /^The log-in for the proxy cannot be read$/, false],
		['Invalid URL', /^The address of the proxy is not a URL$/, false],
	])('of a proxy are told as such: %s', (said, message, isTransient) => {
		const cause = Object.assign(new Error(said), { input: 'http://me:secret@proxy' });
		const error = requestError(new Error('wrapped', { cause }));
		expect(error.message).toMatch(message);
		expect(error.kind).toBe('network');
		expect(error.facts.isTransient).toBe(isTransient);
		expect(JSON.stringify(error)).not.toContain('secret');
	});

	it('never hold the log-in of a proxy', () => {
		const { message } = requestError(new Error('no way by http://me:s@cret@proxy:3128/ there'));
		expect(message).toBe('no way by http://***@proxy:3128/ there');
	});
});

describe('what answers in between', () => {
	const URL = 'https://app.onecodex.com/api/v1/account?x=y';
	const between = (statusCode: number, headers = {}, text = '') =>
		betweenError({ statusCode, headers }, text, URL, ['0123456789']);

	it.each([
		[
			403,
			{},
			'<html><title>Blocked\n by policy</title>',
			/ refused the request: Blocked by policy$/,
		],
		[403, { Server: 'squid/5.7' }, '<h1>Denied</h1>', / refused the request: Denied, squid\/5\.7$/],
		[407, {}, '', /^The proxy between n8n and app\.onecodex\.com wants a log-in$/],
		[413, {}, 'Too large', / takes no request of this size: Too large$/],
		[502, {}, '{"error":1}', /^A gateway .* could not pass the request on$/],
		[418, {}, '', /^Something else .* for app\.onecodex\.com, with status 418$/],
		[302, { location: 'https://login.example/x?k=1' }, '', / redirected to login\.example$/],
		[302, { location: '/login?k=1' }, '', / redirected to app\.onecodex\.com$/],
		[302, { location: 'https://[' }, '', / redirected to no address$/],
		[304, {}, '', /with status 304$/],
		[300, { location: 'https://other.example' }, '', / redirected to other\.example$/],
		[399, { location: 'https://other.example' }, '', / redirected to other\.example$/],
		[299, { location: 'https://other.example' }, '', / app\.onecodex\.com answered with a page$/],
		[200, {}, '<title>Log in</title>', / answered with a page: Log in$/],
		[408, {}, '', / waited too long for the request$/],
		[400, { location: 'https://other.example' }, '', /with status 400$/],
		[403, {}, '<title lang="en">No</title>', /: No$/],
		[403, {}, `<title>${'x'.repeat(99)}</title>`, /: x{80}$/],
		[403, {}, ' {"error":1}', / refused the request$/],
		[403, {}, 'No [way] <out>', /: No \[way\] <out>$/],
		[403, { server: '0123456789' }, '<title>0123456789</title>', /: \*\*\*, \*\*\*$/],
	])('with status %i, %j and %j', (statusCode, headers, text, message) => {
		const error = between(statusCode, headers, text);
		expect(error.message).toMatch(message);
		expect(error.kind).toBe('service');
		expect(error.facts).toMatchObject({ httpCode: statusCode, description: expect.any(String) });
	});
});

describe('what answers in place of the storage', () => {
	const failure = (statusCode: number, headers: object, text: string, of = FOR_STORAGE) =>
		storageFailure({ statusCode, headers } as never, text, 'https://s3.example/x', [], {}, of);

	it.each([FOR_STORAGE, FOR_PARTS])('is not told of the API key when it redirects', (of) => {
		const { message, description } = failure(303, { location: 'https://login.example' }, '', of);
		expect(message).toBe(
			'The request for the storage at s3.example was redirected to login.example',
		);
		expect(description).not.toMatch(/API key/);
	});

	it('takes no request of this size, and what helps depends on the request', () => {
		expect(failure(413, {}, '').description).toMatch(/Transfer at Multipart Upload/);
		expect(failure(413, {}, '', FOR_PARTS).description).toMatch(/have 16 MiB: ask/);
	});

	it.each([200, 201, 204])('may be a page with status %i, and then may pass', (status) => {
		const page = '<!DOCTYPE html><title>Log in</title>';
		expect(isServed({ statusCode: status, headers: {} }, page)).toBe(false);
		const error = failure(status, { 'x-amz-request-id': '1' }, page);
		expect(error.message).toMatch(/^Something .* s3\.example answered with a page: Log in$/);
		expect(error.facts).toMatchObject({ httpCode: status, isTransient: true });
	});

	it.each([199, 300, 404])('is no success with status %i', (statusCode) => {
		expect(isServed({ statusCode, headers: {} }, '')).toBe(false);
	});
});

it('what a server repeats of a secret is left out', () => {
	expect(redact('Key 0123456789 is not known: 0123456789', ['0123456789'])).toBe(
		'Key *** is not known: ***',
	);
	expect(redact('a b', ['', 'a'])).toBe('a b');
	expect(redact('secret or words', ['secret', 'words'])).toBe('*** or words');
});

it('the page of errors has every message, and how to mend it', () => {
	const page = readFileSync('docs/errors.md', 'utf8');
	const { API_STATUS, STORAGE_CODE, DOWNLOAD_CODE, NETWORK_CODE } = messages;
	const { CHANGED, NOT_KEPT, NOT_TRUSTED, POLICY_EXPIRED, STORE_LIMIT } = messages;
	const tables = [API_STATUS, STORAGE_CODE, DOWNLOAD_CODE, NETWORK_CODE, STORE_LIMIT];
	const rows: messages.Message[] = [
		...tables.flatMap((table) => Object.values(table)),
		NOT_KEPT,
		NOT_TRUSTED,
		POLICY_EXPIRED,
		CHANGED,
		...Object.values(BETWEEN).map((of) => of('...')),
		PART_TOO_LARGE('...'),
		REDIRECTED('...', '...'),
		STORAGE_REDIRECTED('...', '...'),
		PAGE('...'),
		['Something else than expected answered for ..., with status ...', NOT_EXPECTED('', 0)[1]],
		...PROXY_SAYS.map(({ means }) => means),
	];
	for (const [message, description] of rows) {
		expect(page).toMatch(row(message, description));
	}
	const statuses = Object.keys(BETWEEN);
	for (const code of [...tables.flatMap((table) => Object.keys(table)), ...statuses]) {
		expect(page).toContain(`\`${code}\``);
	}
});

/** A row of a Markdown table with these two cells side by side, whatever its padding. */
function row(message: string, description: string): RegExp {
	const cell = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`\\| ${cell(message)} +\\| ${cell(description)} +\\|`);
}
