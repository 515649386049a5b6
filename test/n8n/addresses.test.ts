import type { IRun } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import type { RestClient } from './rest';
import { SharedHost } from './shared/host';
import { chain, manualTrigger, oneCodex, workflow } from './workflow';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let host: SharedHost;
let client: RestClient;

/** What is entered as Base URL, with % for the service's own. */
const taken = {
	spaces: '\u00a0\u200b% \n',
	slashes: '%//',
	api: '%/api/v1/',
	page: '%/settings?tab=1#key',
};
/** What is refused in the same words by the credential's test and in use. */
const refused = {
	docs: ['https://docs.onecodex.com', /Base URL .* is the address of docs\.onecodex\.com.* Use /],
	plain: ['http://onecodex.example', /Base URL .* must start with https/],
	user: ['https://secret-0123@app.onecodex.com', /Base URL .* has a user name or a password in it/],
	none: ['onecodex', /Base URL .* is not a URL/],
} as const;
const inUse = ['getAll', 'get'] as const;

const entered = (baseUrl: string) => baseUrl.replace('%', service.baseUrl);

beforeAll(async () => {
	service = await startOneCodex();
	const { id } = service.seed({ filename: 'a.bin', size: 5 });
	host = await SharedHost.create();
	const addresses = [
		...Object.entries(taken),
		...Object.entries(refused).map(([name, [baseUrl]]) => [name, baseUrl] as const),
	];
	const parameters = { documentId: { __rl: true, mode: 'id', value: id } };
	for (const [name, baseUrl] of addresses) {
		const { apiKey } = service;
		host.importAccount({ apiKey, baseUrl: entered(baseUrl) }, { id: name, name });
	}
	host.importWorkflows(
		...addresses.flatMap(([name]) =>
			inUse.map((operation) => {
				const node = oneCodex('Step', operation, operation === 'get' ? parameters : {});
				const credentials = { oneCodexApi: { id: name, name } };
				return workflow(`${name}-${operation}`, chain(manualTrigger(), { ...node, credentials }));
			}),
		),
	);
	client = await host.client();
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

const tested = async (data: Record<string, string>) =>
	await client.testCredential('slashes', 'oneCodexApi', { apiKey: service.apiKey, ...data });

const errorOf = ({ resultData: { error } }: IRun['data']) => String(error?.message ?? '');

describe.each(Object.entries(taken))('the Base URL with %s', (name, baseUrl) => {
	it('passes the test', async () => {
		expect(await tested({ baseUrl: entered(baseUrl) })).toMatchObject({ status: 'OK' });
	});

	it.each(inUse)('serves %s', async (operation) => {
		expect(errorOf(await client.run(`${name}-${operation}`, 'Start'))).toBe('');
	});
});

describe.each(Object.entries(refused))('the Base URL with %s', (name, [baseUrl, words]) => {
	it('does not pass the test, which says why', async () => {
		const { status, message } = await tested({ baseUrl });
		expect(status).toBe('Error');
		expect(message).toMatch(words);
		expect(message).not.toContain('secret-0123');
	});

	it.each(inUse)('is told by %s', async (operation) => {
		const message = errorOf(await client.run(`${name}-${operation}`, 'Start'));
		expect(message).toMatch(words);
		expect(message).not.toContain('secret-0123');
	});
});

it('the test tells of the S3 Endpoint, too', async () => {
	const { baseUrl } = service;
	expect(await tested({ baseUrl, s3Endpoint: ' s3.amazonaws.com\n' })).toMatchObject({
		status: 'OK',
	});
	expect(await tested({ baseUrl, s3Endpoint: baseUrl })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/S3 Endpoint .* is the address of One Codex/),
	});
});
