import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	BETWEEN,
	NOT_EXPECTED,
	PAGE,
	REDIRECTED,
	STORAGE_REDIRECTED,
} from '../../../nodes/OneCodex/errors/between';
import { PROXY_SAYS } from '../../../nodes/OneCodex/errors/proxyMessages';
import { requestError } from '../../../nodes/OneCodex/errors/requestError';
import { closedAfterTest } from '../closing';
import { NOBODY, serving, uploading, type Scenario, type Scenarios } from './failing';
import { sendTo } from './storage';

const PAGE_FOR_PEOPLE = '<html><title>Not for n8n</title></html>';

/** A page in place of an answer of One Codex. */
const page =
	(status: number, headers: Record<string, string> = {}): Scenario =>
	async () => {
		const baseUrl = await serving((_, response) => {
			response.writeHead(status, { 'Content-Type': 'text/html', ...headers });
			response.end(PAGE_FOR_PEOPLE);
			return true;
		});
		return await uploading({ ...NOBODY, baseUrl });
	};

/** A page in place of an answer of the storage. */
const storagePage = (status: number, headers: Record<string, string> = {}): Scenario =>
	sendTo((request, response) => {
		const answer = () => response.writeHead(status, headers).end(PAGE_FOR_PEOPLE);
		request.resume().once('end', answer);
		return true;
	});

/** Uploads to an address of https, by a proxy. */
const withProxy =
	(proxyOf: (port: number) => string): Scenario =>
	async () => {
		const server = createServer().on('connect', (_, socket) => socket.end());
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		closedAfterTest({ close: async () => void server.close() });
		process.env.HTTPS_PROXY = proxyOf((server.address() as AddressInfo).port);
		try {
			return await uploading({ ...NOBODY, baseUrl: 'https://onecodex.invalid' });
		} finally {
			delete process.env.HTTPS_PROXY;
		}
	};

const [CLOSED, LOG_IN, NO_URL] = PROXY_SAYS.map(({ means }) => means[0]);

/** What a proxy, a gateway or a network says in place of One Codex. */
export const between: Scenarios = {
	...Object.fromEntries(
		Object.entries(BETWEEN).map(([status, of]) => [of('...')[0], page(Number(status))]),
	),
	[REDIRECTED('...', '...')[0]]: page(302, { Location: 'https://login.example/?to=n8n' }),
	[STORAGE_REDIRECTED('...', '...')[0]]: storagePage(303, { Location: 'https://login.example' }),
	[PAGE('...')[0]]: storagePage(200),
	[NOT_EXPECTED('...', 418)[0].replace('418', '...')]: page(418),
	[CLOSED]: withProxy((port) => `http://127.0.0.1:${port}`),
	// n8n's client leaves a connection behind for this one, and its end would end the test.
	[LOG_IN]: async () => await Promise.resolve(requestError(new URIError('URI malformed')).message),
	[NO_URL]: withProxy((port) => `http://me:p#w@127.0.0.1:${port}`),
};
