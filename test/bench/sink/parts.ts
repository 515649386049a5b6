import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { Answer } from '../../onecodex/http';
import type { StandInState } from '../../onecodex/state';
import { actionOf, addressOf } from '../../onecodex/storage/actions';
import { authenticate } from '../../onecodex/storage/authenticate';
import { parseCompleteRequest } from '../../onecodex/storage/completeRequest';
import { methodNotAllowed, S3Error } from '../../onecodex/storage/errors';
import { headBucket, headObject } from '../../onecodex/storage/head';
import { checkPayloadHead, readDocument } from '../../onecodex/storage/payload';
import { resultDocument } from '../../onecodex/storage/xml';
import type { Body } from './body';
import type { RequestHead } from './head';

interface Part {
	size: number;
	/** Without quotes. */
	etag: string;
}

/** The uploads that are open: their parts by number, and nothing of what is in them. */
export type OpenUploads = Map<string, Map<number, Part>>;

const result = (root: string, children: Record<string, string>): Answer => ({
	status: 200,
	headers: { 'Content-Type': 'application/xml' },
	body: resultDocument(root, children),
});

/** @throws S3Error NoSuchUpload */
function partsOf(uploads: OpenUploads, uploadId: string): Map<number, Part> {
	const parts = uploads.get(uploadId);
	if (!parts) throw new S3Error('NoSuchUpload', 'The specified upload does not exist.');
	return parts;
}

/** The MD5 that came with it, as S3's would be if that is right. */
function etagOf({ headers }: RequestHead): string {
	const said = Buffer.from(String(headers['content-md5'] ?? ''), 'base64').toString('hex');
	return said || randomUUID();
}

/** S3's own API as far as an upload needs it, with signatures checked. @throws S3Error */
export async function serveAction(
	head: RequestHead,
	body: Body,
	state: StandInState,
	uploads: OpenUploads,
): Promise<Answer> {
	const action = actionOf(head.method, head.url);
	if (!action) throw methodNotAllowed(head.method);
	const { bucket, key, query } = addressOf(head.url);
	if (action === 'HeadBucket') return headBucket(state, bucket);
	// It looks at the head alone.
	const payloadHash = authenticate(head as IncomingMessage, { bucket, key }, state);
	checkPayloadHead(head.headers, action === 'UploadPart' || action === 'PutObject');
	const uploadId = query.get('uploadId') ?? '';
	const store = (size: number, etag: string): void =>
		state.imports.putObject({
			key,
			path: 'nowhere',
			size,
			md5: '',
			sha256: '',
			etag,
			storedAt: Date.now(),
		});

	switch (action) {
		case 'HeadObject':
			return headObject({ state, key, headers: head.headers });
		case 'PutObject': {
			const etag = `"${etagOf(head)}"`;
			store(body.received, etag);
			return { status: 200, headers: { ETag: etag } };
		}
		case 'CreateMultipartUpload': {
			const id = randomUUID();
			uploads.set(id, new Map());
			const names = { Bucket: bucket, Key: key, UploadId: id };
			return result('InitiateMultipartUploadResult', names);
		}
		case 'UploadPart': {
			const part = { size: body.received, etag: etagOf(head) };
			partsOf(uploads, uploadId).set(Number(query.get('partNumber')), part);
			return { status: 200, headers: { ETag: `"${part.etag}"` } };
		}
		case 'CompleteMultipartUpload': {
			const parts = partsOf(uploads, uploadId);
			const document = await readDocument(head.headers, payloadHash, body.chunks());
			const listed = parseCompleteRequest(document);
			const sizes = listed.map(({ number, etag }) => {
				const part = parts.get(number);
				if (part?.etag !== etag) throw new S3Error('InvalidPart', `Part ${number} is not there.`);
				return part.size;
			});
			const etag = `"${randomUUID()}-${listed.length}"`;
			store(
				sizes.reduce((sum, size) => sum + size, 0),
				etag,
			);
			uploads.delete(uploadId);
			const names = { Location: `/${bucket}/${key}`, Bucket: bucket, Key: key, ETag: etag };
			return result('CompleteMultipartUploadResult', names);
		}
		case 'AbortMultipartUpload':
			uploads.delete(uploadId);
			return { status: 204 };
		default:
			// There are no bytes to give.
			throw methodNotAllowed(head.method);
	}
}
