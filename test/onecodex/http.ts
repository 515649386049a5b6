import { createReadStream } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

export interface Answer {
	status: number;
	headers?: OutgoingHttpHeaders;
	body?: string;
	/** Sent in place of a body: these bytes of a file, the first and the last included. */
	file?: { path: string; start: number; end: number };
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
	const { status, headers, body, file } = answer;
	response.writeHead(status, {
		...headers,
		...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
		...(file && { 'Content-Length': file.end - file.start + 1 }),
		...(!request.complete && { Connection: 'close' }),
	});
	if (file) {
		const { path, ...range } = file;
		request.resume();
		// The response is destroyed with the file's stream: the client sees it cut short.
		void pipeline(createReadStream(path, range), response).catch(() => {});
		return;
	}
	if (request.complete) {
		response.end(body);
		return;
	}
	if (body !== undefined) response.write(body);
	else response.flushHeaders();
	whenRead(request, () => response.end());
}

/** Drains a request's body; calls back at its end, or when the client has gone (then perhaps twice). */
export function whenRead(request: IncomingMessage, callback: () => void): void {
	if (request.complete) {
		callback();
		return;
	}
	for (const event of ['end', 'close']) request.once(event, callback);
	request.resume();
}
