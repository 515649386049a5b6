import { rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { Exchange } from '../faults/inject';
import { corrupted } from '../faults/storage';
import type { Answer } from '../http';
import type { StandInState } from '../state';
import type { Address } from './actions';
import { requestId } from './answers';
import { parseCompleteRequest } from './completeRequest';
import { entityTooLarge, invalidArgument, S3Error } from './errors';
import { storeObject } from './objectStore';
import { checkDigests } from './payload';
import { resultDocument } from './xml';

/** A request that was found to be signed as it has to be. */
export interface Call extends Address {
	state: StandInState;
	exchange: Exchange;
	headers: IncomingHttpHeaders;
	payloadHash: string;
	uploadId: string;
	/** A part's body, as it comes. */
	chunks: AsyncIterable<Buffer>;
	/** Any other body, which is as it was said to be. */
	document: Buffer;
}

export const ENCRYPTION = 'x-amz-server-side-encryption';

const result = (root: string, children: Record<string, string>): Answer => ({
	status: 200,
	headers: {
		'x-amz-request-id': requestId(),
		'Content-Type': 'application/xml',
		[ENCRYPTION]: 'AES256',
	},
	body: resultDocument(root, children),
});

export function create({ state, headers, bucket, key }: Call): Answer {
	// The policy of a bucket whose objects are to be encrypted denies every other request.
	if (headers[ENCRYPTION] !== 'AES256') throw new S3Error('AccessDenied', 'Access Denied');
	const id = state.multipart.create(key);
	return result('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id });
}

function partNumber(query: URLSearchParams): number {
	const value = query.get('partNumber') ?? '';
	const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
	if (number >= 1 && number <= 10_000) return number;
	throw invalidArgument(
		'Part number must be an integer between 1 and 10000, inclusive',
		'partNumber',
		value,
	);
}

export async function uploadPart(call: Call): Promise<Answer> {
	const { state, exchange, headers, payloadHash, chunks, key, query, uploadId } = call;
	const number = partNumber(query);
	state.multipart.checkOpen(uploadId, key);
	const { directory, maxFileSize: max } = state.settings;
	const size = Number(headers['content-length']);
	if (size > max) throw entityTooLarge(size, max);
	const content = exchange.fault?.kind === 'wrongEtag' ? corrupted(chunks) : chunks;
	const part = await storeObject(content, { key, min: 0, max }, directory);
	try {
		checkDigests(headers, payloadHash, part);
		state.multipart.putPart(uploadId, number, part);
	} catch (error) {
		rmSync(part.path, { force: true });
		throw error;
	}
	return {
		status: 200,
		headers: { 'x-amz-request-id': requestId(), ETag: part.etag, [ENCRYPTION]: 'AES256' },
		body: '',
	};
}

export async function complete(call: Call): Promise<Answer> {
	const { state, exchange, document, bucket, key, uploadId } = call;
	const listed = parseCompleteRequest(document);
	const object = await state.multipart.complete(uploadId, key, listed);
	state.imports.putObject(object);
	return result('CompleteMultipartUploadResult', {
		Location: `http://${exchange.request.headers.host}/${bucket}/${encodeURIComponent(key)}`,
		Bucket: bucket,
		Key: key,
		ETag: object.etag,
	});
}

export async function abort({ state, key, uploadId }: Call): Promise<Answer> {
	await state.multipart.abort(uploadId, key);
	return { status: 204, headers: { 'x-amz-request-id': requestId() } };
}
