import type { IHttpRequestOptions } from 'n8n-workflow';

import { OneCodexApi } from '../../credentials/OneCodexApi.credentials';

const credentials = { apiKey: ' 0123456789abcdef ', baseUrl: 'https://app.onecodex.com/' };
const authenticate = async (options: object, data: object = credentials) =>
	await new OneCodexApi().authenticate(data as never, options as IHttpRequestOptions);

it('sends the key as user name with an empty password, and follows no redirect', async () => {
	const url = '/api/v1/account';
	expect(await authenticate({ url, baseURL: credentials.baseUrl })).toEqual({
		url,
		baseURL: credentials.baseUrl,
		auth: { username: '0123456789abcdef', password: '' },
		disableFollowRedirect: true,
		followRedirect: false,
	});
});

it.each([
	['a URL of its own', { url: 'https://app.onecodex.com/api/v1/samples' }],
	['the form of the HTTP Request node', { uri: 'https://app.onecodex.com/api/v1/samples' }],
])('serves %s', async (_, options) => {
	expect(await authenticate(options)).toMatchObject({ auth: { password: '' } });
});

it.each([
	['another host', { url: 'https://evil.example/api/v1/account' }],
	['a subdomain', { url: 'https://s3.app.onecodex.com/' }],
	['another port', { url: 'https://app.onecodex.com:8443/' }],
	['plain http', { url: 'http://app.onecodex.com/' }],
	['a path that is a host', { url: '//evil.example/x', baseURL: 'https://app.onecodex.com' }],
])('does not go to %s', async (_, options) => {
	await expect(authenticate(options)).rejects.toThrow(/is for https:\/\/app.onecodex.com alone/);
});

it.each([
	[{ apiKey: '', baseUrl: credentials.baseUrl }, /The API key is empty/],
	[{ baseUrl: credentials.baseUrl }, /The API key is empty/],
	[{ apiKey: 'k', baseUrl: 'http://app.onecodex.com' }, /must start with https/],
	[{ apiKey: 'k', baseUrl: 'onecodex' }, /is not a URL/],
	[{ apiKey: 'k', baseUrl: 'https://docs.onecodex.com' }, /Use https:\/\/app.onecodex.com/],
	[{ apiKey: 'k', baseUrl: 'https://k@app.onecodex.com' }, /^The Base URL .* user name/],
	[
		{ apiKey: 'k', baseUrl: credentials.baseUrl, s3Endpoint: 'https://app.onecodex.com' },
		/The S3 Endpoint .* is the address of One Codex/,
	],
	[
		{ apiKey: 'k', baseUrl: credentials.baseUrl, s3Endpoint: 'https://console.aws.amazon.com/s3' },
		/^The S3 Endpoint .* is the address of another service\. Leave it empty/,
	],
])('refuses %j', async (data, message) => {
	await expect(authenticate({ url: '/x' }, data)).rejects.toThrow(message);
});

it.each([
	' https://app.onecodex.com/api/v1\n',
	'\u00a0https://app.onecodex.com\u200b',
	'app.onecodex.com',
	'https://app.onecodex.com///',
])('takes the Base URL %j as n8n takes it from the credential', async (baseUrl) => {
	const data = { ...credentials, baseUrl };
	const sent = await authenticate({ url: '/api/v1/account', baseURL: baseUrl }, data);
	expect(sent.baseURL).toBe('https://app.onecodex.com');
});

it('does not mend the address of another node', async () => {
	const baseUrl = 'https://app.onecodex.com/api/v1';
	const request = { url: '/x', baseURL: 'https://app.onecodex.com/other' };
	expect(await authenticate(request, { ...credentials, baseUrl })).toMatchObject(request);
});

it('is tested where a wrong key is told', () => {
	expect(new OneCodexApi().test.request).toEqual({
		baseURL: '={{ $credentials.baseUrl }}',
		url: '/api/v1/account',
	});
});
