import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';

import type { Answer } from '../../onecodex/http';
import { Body } from './body';
import { HeadCollector, type RequestHead } from './head';

export interface Handler {
	/** How many of a body's first bytes are to be kept. @throws what `refuse` makes an answer of */
	keep(head: RequestHead): number;
	answer(head: RequestHead, body: Body): Promise<Answer>;
	refuse(error: unknown): Answer;
	/** Called for every body, with the first bytes and with the last. */
	onBytes(body: Body): void;
}

const READ_BUFFER = 128 * 1024;

/** S3's answer on the wire. */
function wire({ status, headers, body = '' }: Answer, isHead: boolean, isLast: boolean): string {
	const lines = Object.entries({
		...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }),
		...headers,
		Connection: isLast ? 'close' : 'keep-alive',
	}).map(([name, value]) => `${name}: ${String(value)}`);
	return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${isHead ? '' : body}`;
}

/**
 * Serves one connection. By hand, and reading into one buffer (`onread`), because Node's HTTP server
 * takes new memory for every 64 KiB: it used four times the CPU, and then it was what was measured.
 *
 * @param handle of an accepted socket. Only a socket that is made can have `onread`, and the types
 * do not know that one can be made of a handle.
 */
export function serve(handle: unknown, handler: Handler): void {
	const heads = new HeadCollector();
	let current: { head: RequestHead; body: Body } | undefined;
	let isRefused = false;

	const finish = (head: RequestHead, outcome: Answer, isLast: boolean): void => {
		const isKept = !isLast && head.headers.connection?.toLowerCase() !== 'close';
		socket.write(wire(outcome, head.method === 'HEAD', !isKept));
		// What still comes of a refused body is read away, so that the client sees the answer.
		if (!isKept) isRefused = true;
		if (!isKept && !isLast) socket.end();
	};
	const begin = (head: RequestHead): void => {
		try {
			const length = Number(head.headers['content-length'] ?? 0);
			current = { head, body: new Body(length, handler.keep(head)) };
			if (head.headers.expect?.toLowerCase() === '100-continue') {
				socket.write('HTTP/1.1 100 Continue\r\n\r\n');
			}
		} catch (error) {
			finish(head, handler.refuse(error), true);
		}
	};
	const take = (chunk: Buffer): void => {
		for (let rest = chunk; !isRefused; ) {
			if (!current) {
				if (rest.length === 0) return;
				const found = heads.add(rest);
				if (!found) return;
				begin(found.head);
				rest = found.rest;
				continue;
			}
			const { head, body } = current;
			const isFirst = body.received === 0 && rest.length > 0;
			rest = body.add(rest);
			if (isFirst || body.isWhole) handler.onBytes(body);
			if (!body.isWhole) return;
			current = undefined;
			void handler
				.answer(head, body)
				.catch((error: unknown) => handler.refuse(error))
				.then((outcome) => finish(head, outcome, false));
		}
	};

	const options = {
		handle,
		onread: {
			buffer: Buffer.allocUnsafeSlow(READ_BUFFER),
			callback: (length: number, buffer: Uint8Array): boolean => {
				take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
				return true;
			},
		},
	};
	const socket = new Socket(options as ConstructorParameters<typeof Socket>[0]);
	// A client that goes away is seen by what is missing.
	socket.on('error', () => undefined);
	socket.resume();
}
