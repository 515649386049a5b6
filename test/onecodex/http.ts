import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
	status: number;
	headers?: OutgoingHttpHeaders;
	body?: string;
}

export interface RunningServer {
	/** Origin, without a trailing slash. */
	url: string;
	/** Ends the server and every connection it has. */
	close(): Promise<void>;
}

/** @throws Error with the code EADDRINUSE when the port is taken. */
export async function listen(server: Server, port = 0): Promise<RunningServer> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/**
 * Sends the whole answer at once. While a body is still coming the connection stays open until it
 * has been read to its end: a socket closed with bytes unread is reset, and a client that is still
 * writing would see the reset in place of the answer.
 */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
	if (response.headersSent || response.destroyed) return;
	const { status, headers, body } = answer;
	response.writeHead(status, {
		...headers,
		...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
		...(!request.complete && { Connection: 'close' }),
	});
	if (request.complete) {
		response.end(body);
		return;
	}
	if (body !== undefined) response.write(body);
	else response.flushHeaders();
	for (const event of ['end', 'close']) request.once(event, () => response.end());
	request.resume();
}
