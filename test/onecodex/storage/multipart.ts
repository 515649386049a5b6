import { paced } from '../faults/storage';
import type { Exchange } from '../faults/inject';
import type { Answer } from '../http';
import type { StandInState } from '../state';
import { type Action, actionOf, addressOf } from './actions';
import { authenticate } from './authenticate';
import { invalidArgument, methodNotAllowed } from './errors';
import { headBucket, headObject } from './head';
import { abort, type Call, complete, create, ENCRYPTION, uploadPart } from './multipartActions';
import { checkPayloadHead, readDocument } from './payload';

const ACTIONS: Record<Exclude<Action, 'HeadBucket'>, (call: Call) => Promise<Answer> | Answer> = {
	HeadObject: headObject,
	CreateMultipartUpload: create,
	UploadPart: uploadPart,
	CompleteMultipartUpload: complete,
	AbortMultipartUpload: abort,
};

/**
 * S3's own API, as far as a multipart upload needs it.
 *
 * @throws S3Error
 */
export async function serveAction(exchange: Exchange, state: StandInState): Promise<Answer> {
	const { request, fault } = exchange;
	const { method = '', url = '', headers } = request;
	const action = actionOf(method, url);
	if (!action) throw methodNotAllowed(method);
	const address = addressOf(url);
	if (action === 'HeadBucket') return headBucket(state, address.bucket);

	const payloadHash = authenticate(request, address, state);
	checkPayloadHead(headers, action === 'UploadPart');
	if (action !== 'CreateMultipartUpload' && headers[ENCRYPTION] !== undefined) {
		throw invalidArgument(
			`${ENCRYPTION} header is not supported for this operation.`,
			ENCRYPTION,
			String(headers[ENCRYPTION]),
		);
	}
	const arriving = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
	const chunks =
		fault?.kind === 'slow' ? paced(arriving, fault.bytesPerSecond, request.socket) : arriving;
	const uploadId = address.query.get('uploadId') ?? '';
	const call = { ...address, state, exchange, headers, payloadHash, uploadId, chunks };
	try {
		// Reading begins in this tick, before the body flows past.
		const document =
			action === 'UploadPart' ? Buffer.alloc(0) : await readDocument(headers, payloadHash, chunks);
		return await ACTIONS[action]({ ...call, document });
	} finally {
		// Lets go of the body, so that what is left of it can be drained.
		void chunks.return?.();
	}
}
