import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { deliver, type Exchange, intercept } from '../faults/inject';
import { RefusingServer } from '../faults/refusingServer';
import { corrupted, paced, refusal } from '../faults/storage';
import type { Answer } from '../http';
import { recordRequest } from '../recorder';
import type { StandInState } from '../state';
import { errorAnswer, storedAnswer } from './answers';
import { authorise } from './authorise';
import { download } from './download';
import { incompleteBody, invalidArgument, S3Error } from './errors';
import { storeObject } from './objectStore';
import { boundaryOf } from './partHeaders';
import { openPostForm } from './postForm';

/** S3 takes the signature from the form or the link. A key of One Codex that comes here has leaked. */
function refuseKeys(headers: IncomingHttpHeaders): void {
	for (const name of ['Authorization', 'X-API-Key']) {
		if (headers[name.toLowerCase()] !== undefined) {
			throw invalidArgument('Unsupported Authorization Type', name, 'withheld');
		}
	}
}

const isDownload = ({ method = '', url }: IncomingMessage): boolean =>
	url !== '/' && ['GET', 'HEAD'].includes(method);

/** Judges an upload by its head alone. @throws S3Error */
function checkHead({ method, url, headers }: IncomingMessage): void {
	if (method !== 'POST' || url !== '/') {
		throw new S3Error(
			'MethodNotAllowed',
			'The specified method is not allowed against this resource.',
			{ Method: method ?? '' },
		);
	}
	refuseKeys(headers);
	if (headers['content-length'] === undefined) {
		throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
	}
	if (!/^multipart\/form-data *(;|$)/i.test(headers['content-type'] ?? '')) {
		throw new S3Error(
			'PreconditionFailed',
			'At least one of the pre-conditions you specified did not hold',
			{ Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
		);
	}
}

async function receive({ request, record, fault }: Exchange, state: StandInState): Promise<Answer> {
	if (isDownload(request)) {
		refuseKeys(request.headers);
		return download(request, state);
	}
	checkHead(request);
	const arriving = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
	const chunks =
		fault?.kind === 'slow' ? paced(arriving, fault.bytesPerSecond, request.socket) : arriving;
	try {
		const boundary = boundaryOf(request.headers['content-type'] ?? '');
		record.fields = [];
		const form = await openPostForm(chunks, boundary, record.fields);
		record.filename = form.filename;
		const bucket = {
			name: state.bucket,
			url: `http://${request.headers.host}`,
			signingKey: state.settings.signingKey,
		};
		const permit = authorise(form, bucket);
		const max = Math.min(permit.max, state.settings.maxFileSize);
		const { directory } = state.settings;
		const content = fault?.kind === 'wrongEtag' ? corrupted(form.content) : form.content;
		const object = await storeObject(content, { ...permit, max }, directory);
		state.putObject(object);
		return storedAnswer(object, bucket, permit.fields);
	} finally {
		// Lets go of the body, so that what is left of it can be drained.
		void chunks.return?.();
	}
}

/**
 * The root of the bucket that One Codex sends uploads to, or of the same bucket in the region that a
 * 307 leads to: that has no `regionUrl`.
 */
export function createStorageServer(state: StandInState, regionUrl?: string): RefusingServer {
	const open = new WeakMap<Duplex, () => void>();

	function serve(request: IncomingMessage, response: ServerResponse): void {
		const record = recordRequest(state.requests, 'storage', request, response);
		const fault = state.faults.draw(record, regionUrl === undefined ? 'redirect' : undefined);
		const exchange = { server, request, response, record, fault };
		if (intercept(exchange)) return;
		const answer = (outcome: Answer): void => deliver(exchange, outcome);
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
