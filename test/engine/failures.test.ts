import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { BETWEEN } from '../../nodes/OneCodex/errors/between';
import { API_STATUS, STORAGE_CODE } from '../../nodes/OneCodex/errors/messages';
import { isInit, startOneCodex, type Fault } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary, type Run } from './engine';

/** Ends with the file and the item, so that everybody knows what it is about. */
const about = / \[a\.bin(, document [0-9a-f]{16})?, item 0\]$/;

const uploadDocument = (options: INodeParameters = {}): INodeParameters[] => [
	{ operation: 'uploadDocument', options: { maxRetries: 0, ...options } },
];
const initUpload: INodeParameters[] = [{ operation: 'initUpload' }];
const uploadTo = (uploadUrl: string, options: INodeParameters = {}): INodeParameters[] => [
	{
		operation: 'uploadFile',
		uploadUrl,
		uploadFields: '{"key": "k"}',
		documentId: '0123456789abcdef',
		fileName: 'a.bin',
		options: { maxRetries: 0, ...options },
	},
];

async function runWith(
	credentials: { apiKey: string; baseUrl: string },
	steps: INodeParameters[],
): Promise<Run> {
	const data = await storedBinary(Buffer.from('bytes'), 'a.bin');
	return await run({ credentials, items: [{ json: {}, binary: { data } }], steps });
}

function expectMessage({ error }: Run, [message, description]: [string, string]): void {
	expect(error?.message).toMatch(about);
	expect(error?.message.startsWith(message)).toBe(true);
	expect(error?.description?.startsWith(description)).toBe(true);
}

describe.each([
	['Upload Document', uploadDocument()],
	['Init Upload, which is declarative', initUpload],
])('%s says what it means', (_, steps) => {
	it.each(Object.entries(API_STATUS))('that One Codex answers %s', async (status, message) => {
		const fault: Fault = { kind: 'status', status: Number(status), retryAfter: '0' };
		const oneCodex = closedAfterTest(
			await startOneCodex({ faults: (request) => (isInit(request) ? fault : undefined) }),
		);
		const result = await runWith(oneCodex, steps);
		expectMessage(result, message);
		expect(result.error).toMatchObject({ name: 'NodeApiError', httpCode: status });
	});
});

describe('Upload File says what it means', () => {
	it.each(Object.entries(STORAGE_CODE))('that the storage answers %s', async (code, message) => {
		const url = await serving((request, response) => {
			request.resume().once('end', () => {
				response.writeHead(400, { 'Content-Type': 'application/xml' });
				response.end(`<Error><Code>${code}</Code><Message>It says why</Message></Error>`);
			});
		});
		const result = await runWith({ apiKey: 'key', baseUrl: url }, uploadTo(url));
		expectMessage(result, message);
		expect(result.error?.message).toContain(`(${code}, It says why)`);
	});

	it('that the storage answers what S3 never would', async () => {
		const body = '<Error><Code>Teapot</Code><Message>It says why</Message></Error>';
		const url = await serving((_, response) => response.writeHead(418).end(body));
		const result = await runWith({ apiKey: 'key', baseUrl: url }, uploadTo(url));
		expectMessage(result, [
			'The storage answered with status 418',
			'Run it again from its first step.',
		]);
	});

	it('that something answers in place of the storage', async () => {
		const url = await serving((_, response) => response.writeHead(413).end('<html>'));
		const result = await runWith({ apiKey: 'key', baseUrl: url }, uploadTo(url));
		const { host } = new URL(url);
		expectMessage(result, BETWEEN[413](host));
		expect(result.error?.description).toContain('Multipart Upload');
	});
});

describe.each([
	[
		'Upload Document',
		(url: string, options?: INodeParameters) =>
			[{ apiKey: 'key-0123', baseUrl: url }, uploadDocument(options)] as const,
	],
	[
		'Upload File',
		(url: string, options?: INodeParameters) =>
			[{ apiKey: 'key-0123', baseUrl: url }, uploadTo(url, options)] as const,
	],
])('%s says what it means', (_, to) => {
	it('that the host name is not known', async () => {
		// One or the other, by how the machine looks names up.
		const { error } = await runWith(...to('https://onecodex.invalid'));
		expect(error?.message).toMatch(/^The host name (is not known|could not be looked up) /);
		expect(error?.message).toMatch(about);
		expect(error?.description).toMatch(/name service \(DNS\)/);
	});

	it('that nothing answers', async () => {
		const result = await runWith(...to('http://127.0.0.1:9'));
		expectMessage(result, ['Nothing answers there (ECONNREFUSED)', 'Check the address']);
	});

	it('that the certificate is not trusted', async () => {
		const pem = readFileSync(join(__dirname, 'untrusted.pem'));
		const server = createHttpsServer({ key: pem, cert: pem }, (__, response) => response.end());
		const url = await listening(server, 'https');
		const result = await runWith(...to(url));
		expectMessage(result, ['The server cannot be trusted', 'Check the address.']);
	});

	it('that it does not speak https', async () => {
		const url = (await serving((__, response) => response.end())).replace('http:', 'https:');
		const result = await runWith(...to(url));
		expectMessage(result, ['What answers there does not speak https', 'Check the address']);
	});

	it('that the connection was closed early', async () => {
		const url = await serving(({ socket }) => socket.destroy());
		const result = await runWith(...to(url));
		expectMessage(result, ['The connection was closed early', 'Check the network']);
	});

	it('that no answer came in time', async () => {
		const url = await serving(() => undefined);
		const { error } = await runWith(...to(url, { idleTimeout: 1 }));
		expect(error?.message).toMatch(/^(No answer in time|No byte moved for 1 s )/);
		expect(error?.message).toMatch(about);
	});

	it('that an answer is far longer than any that is due', async () => {
		let sent = 0;
		const url = await serving((request, response) => {
			request.resume();
			response.writeHead(200);
			const send = () => {
				while (sent < 100e6 && !response.destroyed) {
					sent += 1e6;
					if (!response.write(Buffer.alloc(1e6, ' '))) return void response.once('drain', send);
				}
				response.end();
			};
			send();
		});
		const result = await runWith(...to(url));
		expectMessage(result, ['The answer is longer than any that is due', 'Check the address']);
		// It was let go, not read to its end.
		expect(sent).toBeLessThan(50e6);
	});
});

async function serving(answer: RequestListener): Promise<string> {
	return await listening(createHttpServer(answer), 'http');
}

async function listening(server: Server, protocol: string): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closedAfterTest({
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
	return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
