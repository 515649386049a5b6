import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { baseUrlOf, s3ServiceOf } from '../nodes/OneCodex/api/addresses';

export class OneCodexApi implements ICredentialType {
	name = 'oneCodexApi';

	displayName = 'One Codex API';

	icon: Icon = {
		light: 'file:../nodes/OneCodex/onecodex.svg',
		dark: 'file:../nodes/OneCodex/onecodex.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-onecodex/n8n-nodes-onecodex#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'In One Codex, open <a href="https://app.onecodex.com/settings" target="_blank">Settings</a>; the key is under API Key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://app.onecodex.com',
			placeholder: 'e.g. https://app.onecodex.com',
			description:
				'Where One Codex answers, without /api/v1. It must start with https:// unless it is on this machine.',
		},
		{
			displayName: 'S3 Endpoint',
			name: 's3Endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://s3.example.org',
			description:
				'The S3 service to which large files go in parts, where it is not Amazon. Leave empty for app.onecodex.com.',
		},
	];

	/**
	 * Adds the key as HTTP Basic user name with an empty password. Every authenticated request
	 * passes here, the connection test and the HTTP Request node's too, so this is the one place
	 * that decides where the key may go: to the base URL's own origin, by https (loopback excepted),
	 * and never on to where a redirect points, for n8n's helper would take it along.
	 *
	 * @throws Error when the key is empty, or the request is for another place
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		// The HTTP Request node hands over the older form, with `uri` and `followRedirect`.
		requestOptions: IHttpRequestOptions & { uri?: string; followRedirect?: boolean },
	): Promise<IHttpRequestOptions> {
		const apiKey = String(credentials.apiKey ?? '').trim();
		if (!apiKey) throw new Error('The API key is empty. Enter it in the One Codex credential.');

		const baseURL = baseUrlOf(credentials);
		// Not of use here, but the test of the credential tells of it, too.
		s3ServiceOf(credentials);
		const base = new URL(baseURL);
		// What n8n took out of the credential is as it was entered.
		const isAsEntered =
			requestOptions.baseURL === credentials.baseUrl && requestOptions.baseURL !== `${baseURL}/`;
		const request = { ...requestOptions, ...(isAsEntered && { baseURL }) };
		const target = new URL(request.url ?? request.uri, request.baseURL ?? base);
		if (target.origin !== base.origin) {
			throw new Error(
				`The One Codex API key is for ${base.origin} alone and is not sent to ${target.origin}.`,
			);
		}

		return {
			...request,
			auth: { username: apiKey, password: '' },
			disableFollowRedirect: true,
			...{ followRedirect: false },
		};
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			// A list call answers 200 to any key; only a protected resource tells.
			url: '/api/v1/account',
		},
		// n8n's type allows one kind of rule, its tester applies both.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'One Codex does not know this API key. Copy it again from your One Codex settings.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 407,
					message:
						'A proxy wants a log-in. Set HTTPS_PROXY of n8n to http://user:password@proxy:port.',
				},
			},
			...[301, 302, 303, 307, 308].map((value) => ({
				type: 'responseCode',
				properties: {
					value,
					message:
						'The Base URL redirects to another address, which is not followed. Enter the address at which One Codex itself answers.',
				},
			})),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'email',
					value: undefined,
					message:
						'Something answers at the Base URL, but it is not One Codex. Check the Base URL.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
