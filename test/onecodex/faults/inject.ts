import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished, Readable } from 'node:stream';
import { type Answer, send, whenRead } from '../http';
import type { RecordedRequest } from '../types';
import { isUpload } from './candidates';
import type { RefusingServer } from './refusingServer';
import type { Fault } from './types';

export interface Exchange {
	server: RefusingServer;
	request: IncomingMessage;
	response: ServerResponse;
	record: RecordedRequest;
	fault?: Fault;
}

/** Milliseconds. */
const REFUSAL = 300;

const PROXY_PAGE = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>proxy</center></body></html>
`;

/** Takes over a request that its fault keeps from being served; false where it is to be served. */
export function intercept({ request, record, fault }: Exchange): boolean {
	if (fault?.kind === 'stall') {
		request.pause();
		return true;
	}
	if (fault?.kind !== 'reset' || fault.when === 'after') return false;
	const reset = (): unknown => request.socket.resetAndDestroy();
	if (fault.when === 'before') reset();
	const half = Number(request.headers['content-length'] ?? 0) / 2;
	request.on('data', () => record.bytes >= half && reset());
	request.once('end', reset);
	return true;
}

/** Answers as the fault has it: with the whole answer, half of it, another one, or none. */
export function deliver(exchange: Exchange, answer: Answer): void {
	const { server, request, response, record, fault } = exchange;
	if (record.status === 0) record.status = answer.status;
	if (response.headersSent || response.destroyed) return;
	switch (fault?.kind) {
		case 'reset':
			request.socket.resetAndDestroy();
			return;
		case 'truncated':
			sendHalf(request, response, answer);
			return;
		case 'malformed':
			send(request, response, {
				status: isUpload(record) ? 201 : 200,
				headers: { 'Content-Type': 'text/html' },
				body: PROXY_PAGE,
			});
			return;
		case 'refuse':
			server.refuse(fault.ms ?? REFUSAL);
			send(request, response, {
				...answer,
				headers: { ...answer.headers, Connection: 'close' },
			});
			return;
		default:
			send(request, response, answer);
	}
}

/** An answer without a middle is not sent at all: its connection just ends. */
function sendHalf(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
	const { status, headers, body = '', file } = answer;
	const size = file ? file.end - file.start + 1 : Buffer.byteLength(body);
	const half = Math.floor(size / 2);
	const end = (): void => whenRead(request, () => request.socket.end());
	if (half === 0) {
		end();
		return;
	}
	response.writeHead(status, { ...headers, 'Content-Length': size, Connection: 'close' });
	const bytes = file
		? createReadStream(file.path, { start: file.start, end: file.start + half - 1 })
		: Readable.from([Buffer.from(body).subarray(0, half)]);
	finished(bytes, end);
	bytes.pipe(response, { end: false });
}
