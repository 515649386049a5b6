import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { incompleteBody, missingContentLength, S3Error } from './errors';

/** What a body is, in lower-case hex. */
export interface Digests {
	md5: string;
	sha256: string;
}

/** Bytes. 10,000 parts with an ETag each are less. */
const MAX_DOCUMENT = 2 ** 21;

/**
 * Judges the announcement of a body.
 *
 * @throws S3Error MissingContentLength for one that is sent without a length, InvalidDigest for a
 * Content-MD5 that is none.
 */
export function checkPayloadHead(headers: IncomingHttpHeaders, isRequired: boolean): void {
	const hasLength = headers['content-length'] !== undefined;
	if (!hasLength && (isRequired || headers['transfer-encoding'] !== undefined)) {
		throw missingContentLength();
	}
	const md5 = headers['content-md5'];
	if (md5 !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(String(md5))) {
		throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
			'Content-MD5': String(md5),
		});
	}
}

/**
 * Compares what came with what was said to come.
 *
 * @param payloadHash SHA-256 in hex, or UNSIGNED-PAYLOAD.
 * @throws S3Error XAmzContentSHA256Mismatch, BadDigest
 */
export function checkDigests(
	headers: IncomingHttpHeaders,
	payloadHash: string,
	{ md5, sha256 }: Digests,
): void {
	if (payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== sha256) {
		throw new S3Error(
			'XAmzContentSHA256Mismatch',
			"The provided 'x-amz-content-sha256' header does not match what was computed.",
			{ ClientComputedContentSHA256: payloadHash, S3ComputedContentSHA256: sha256 },
		);
	}
	const expected = headers['content-md5'];
	const calculated = Buffer.from(md5, 'hex').toString('base64');
	if (expected !== undefined && expected !== calculated) {
		throw new S3Error(
			'BadDigest',
			'The Content-MD5 you specified did not match what we received.',
			{
				ExpectedDigest: String(expected),
				CalculatedDigest: calculated,
			},
		);
	}
}

/** The whole of a body that is small. @throws S3Error MaxMessageLengthExceeded, and as checkDigests */
export async function readDocument(
	headers: IncomingHttpHeaders,
	payloadHash: string,
	chunks: AsyncIterable<Buffer>,
): Promise<Buffer> {
	const read: Buffer[] = [];
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.length;
		if (size > MAX_DOCUMENT) {
			throw new S3Error('MaxMessageLengthExceeded', 'Your request was too big.', {
				MaxMessageLengthBytes: String(MAX_DOCUMENT),
			});
		}
		read.push(chunk);
	}
	if (size < Number(headers['content-length'] ?? 0)) throw incompleteBody();
	const document = Buffer.concat(read);
	const digest = (algorithm: string) => createHash(algorithm).update(document).digest('hex');
	checkDigests(headers, payloadHash, { md5: digest('md5'), sha256: digest('sha256') });
	return document;
}
