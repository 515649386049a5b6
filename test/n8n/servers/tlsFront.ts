import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that nobody knows, for localhost and all of 127.0.0.1 and 127.0.0.2. */
export interface Certificate {
	/** The file, for NODE_EXTRA_CA_CERTS. */
	file: string;
	key: Buffer;
	cert: Buffer;
}

export function makeCertificate(): Certificate {
	const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
	const [key, file] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
	const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2';
	execFileSync(
		'openssl',
		[
			...['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
			...['-days', '2', '-subj', '/CN=n8n-nodes-onecodex tests', '-addext', names],
			...['-keyout', key, '-out', file],
		],
		{ stdio: 'ignore' },
	);
	return { file, key: readFileSync(key), cert: readFileSync(file) };
}

export interface TlsFront {
	port: number;
	url: string;
	close(): Promise<void>;
}

/**
 * Speaks https for a server of plain http.
 *
 * @param rewrite of JSON that it answers, for addresses that are to be of https as well
 */
export async function startTlsFront(
	target: string,
	{ key, cert }: Certificate,
	rewrite: (json: string) => string = (json) => json,
): Promise<TlsFront> {
	const server = createServer({ key, cert }, (incoming, response) => {
		const { method, headers } = incoming;
		const onward = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
			void pass(answer, response, rewrite);
		});
		onward.once('error', () => response.destroy());
		incoming.pipe(onward);
	});
	server.listen(0);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		port,
		url: `https://localhost:${port}`,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function pass(
	answer: IncomingMessage,
	response: ServerResponse,
	rewrite: (json: string) => string,
): Promise<void> {
	const { statusCode = 502, headers } = answer;
	if (!headers['content-type']?.includes('json')) {
		response.writeHead(statusCode, headers);
		answer.pipe(response);
		return;
	}
	const chunks: Uint8Array[] = [];
	for await (const chunk of answer) chunks.push(chunk as Uint8Array);
	const json = rewrite(Buffer.concat(chunks).toString());
	response.writeHead(statusCode, { ...headers, 'content-length': Buffer.byteLength(json) });
	response.end(json);
}
