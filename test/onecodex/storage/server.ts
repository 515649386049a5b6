import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { deliver, type Exchange, intercept } from '../faults/inject';
import { RefusingServer } from '../faults/refusingServer';
import { refusal } from '../faults/storage';
import type { Answer } from '../http';
import { recordRequest } from '../recorder';
import type { StandInState } from '../state';
import { actionOf } from './actions';
import { errorAnswer } from './answers';
import { isSignatureV4 } from './authorizationHeader';
import { download } from './download';
import { incompleteBody } from './errors';
import { receiveForm } from './formUpload';
import { refuseKeys } from './refuseKeys';
import { serveAction } from './serveAction';

const isDownload = ({ method = '', url }: IncomingMessage): boolean =>
	url !== '/' && ['GET', 'HEAD'].includes(method);

const isAction = ({ method = '', url = '', headers }: IncomingMessage): boolean =>
	actionOf(method, url) !== undefined || (url !== '/' && isSignatureV4(headers.authorization));

async function receive(exchange: Exchange, state: StandInState): Promise<Answer> {
	const { request } = exchange;
	if (isAction(request)) {
		refuseKeys(request.headers, true);
		return serveAction(exchange, state);
	}
	if (!isDownload(request)) return receiveForm(exchange, state);
	refuseKeys(request.headers);
	return download(request, state);
}

/**
 * The root of the bucket that One Codex sends uploads to, or of the same bucket in the region that a
 * 307 leads to: that has no `regionUrl`. Under `/<bucket>/` it is S3's own API, path style.
 */
export function createStorageServer(state: StandInState, regionUrl?: string): RefusingServer {
	const open = new WeakMap<Duplex, () => void>();

	function serve(request: IncomingMessage, response: ServerResponse): void {
		const record = recordRequest(state.requests, 'storage', request, response);
		const fault = state.faults.draw(record, regionUrl === undefined ? 'redirect' : undefined);
		const exchange = { server, request, response, record, fault };
		if (intercept(exchange)) return;
		// The answer to a HEAD has no body, whatever goes wrong with it; a file's length it does have.
		const isHead = request.method === 'HEAD';
		const answer = (outcome: Answer): void =>
			deliver(exchange, isHead ? { ...outcome, body: undefined } : outcome);
		open.set(request.socket, () => {
			if (record.status === 0) record.aborted = true;
			answer(errorAnswer(incompleteBody()));
		});
		response.once('close', () => open.delete(request.socket));
		const refused = refusal(exchange, regionUrl);
		if (refused) answer(refused);
		else void receive(exchange, state).catch(errorAnswer).then(answer);
	}

	// An upload may take as long as it takes; node would end it after five minutes.
	const server = new RefusingServer({ requestTimeout: 0 }, serve);
	// A client that ends its side in mid-body may have gone, but may also read on: it is answered.
	server.on('clientError', (_error, socket) => {
		if (!socket.writable) return;
		const cutShort = open.get(socket);
		cutShort?.();
		socket.end(cutShort ? undefined : 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
	});
	return server;
}
