import { rmSync } from 'node:fs';
import type { Answer } from '../http';
import { requestId } from './answers';
import { type Call, checkEncryption, ENCRYPTION } from './call';
import { checksumHeaders } from './checksum';
import { parseCompleteRequest } from './completeRequest';
import { invalidArgument } from './errors';
import { storeBody } from './fileBody';
import { resultDocument } from './xml';

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
	checkEncryption(headers);
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
	const { state, headers, key, query, uploadId } = call;
	const number = partNumber(query);
	state.multipart.checkOpen(uploadId, key);
	const part = await storeBody(call);
	try {
		state.multipart.putPart(uploadId, number, part);
	} catch (error) {
		rmSync(part.path, { force: true });
		throw error;
	}
	return {
		status: 200,
		headers: {
			'x-amz-request-id': requestId(),
			ETag: part.etag,
			[ENCRYPTION]: 'AES256',
			...checksumHeaders(headers),
		},
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
