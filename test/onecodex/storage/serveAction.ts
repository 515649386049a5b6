import { paced } from '../faults/storage';
import type { Exchange } from '../faults/inject';
import type { Answer } from '../http';
import type { StandInState } from '../state';
import { type Action, actionOf, addressOf } from './actions';
import { authenticate } from './authenticate';
import { type Call, ENCRYPTION } from './call';
import { invalidArgument, methodNotAllowed } from './errors';
import { getObject } from './getObject';
import { headBucket, headObject } from './head';
import { listObjects } from './listObjects';
import { abort, complete, create, uploadPart } from './multipartActions';
import { checkPayloadHead, readDocument } from './payload';
import { putObject } from './putObject';

const ACTIONS: Record<Exclude<Action, 'HeadBucket'>, (call: Call) => Promise<Answer> | Answer> = {
	HeadObject: headObject,
	GetObject: getObject,
	PutObject: putObject,
	ListObjectsV2: listObjects,
	CreateMultipartUpload: create,
	UploadPart: uploadPart,
	CompleteMultipartUpload: complete,
	AbortMultipartUpload: abort,
};

const carriesFile = (action: Action): boolean => ['PutObject', 'UploadPart'].includes(action);
const makesObject = (action: Action): boolean =>
	['PutObject', 'CreateMultipartUpload'].includes(action);

/**
 * S3's own API, as far as a client of one file needs it.
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

	const { query } = address;
	// Of the bucket, the keys that are lent may list what they may write, and nothing beside it.
	const key = action === 'ListObjectsV2' ? (query.get('prefix') ?? '') : address.key;
	const payloadHash = authenticate(request, { ...address, key }, state);
	checkPayloadHead(headers, carriesFile(action));
	if (!makesObject(action) && headers[ENCRYPTION] !== undefined) {
		throw invalidArgument(
			`${ENCRYPTION} header is not supported for this operation.`,
			ENCRYPTION,
			String(headers[ENCRYPTION]),
		);
	}
	const arriving = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
	const chunks =
		fault?.kind === 'slow' ? paced(arriving, fault.bytesPerSecond, request.socket) : arriving;
	const uploadId = query.get('uploadId') ?? '';
	const call = { ...address, key, state, exchange, headers, payloadHash, uploadId, chunks };
	try {
		// Reading begins in this tick, before the body flows past.
		const document = carriesFile(action)
			? Buffer.alloc(0)
			: await readDocument(headers, payloadHash, chunks);
		return await ACTIONS[action]({ ...call, document });
	} finally {
		// Lets go of the body, so that what is left of it can be drained.
		void chunks.return?.();
	}
}
