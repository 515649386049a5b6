import { createHash, createHmac } from 'crypto';

/** Keys that One Codex lends for one upload. */
export interface S3Keys {
	accessKeyId: string;
	secretAccessKey: string;
}

export type S3Method = 'DELETE' | 'HEAD' | 'POST' | 'PUT';

/** A request to S3, before it is signed. */
export interface UnsignedRequest {
	method: S3Method;
	url: URL;
	/** Names in small letters; all are signed. */
	headers?: Record<string, string>;
}

/** Says that the body is not part of the signature: then TLS alone guards it. */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * The headers of a request with its signature: AWS Signature Version 4 in the Authorization header
 * ("Authenticating Requests: Using the Authorization Header" in the Amazon S3 API reference).
 *
 * @param payloadHash SHA-256 of the body in hex, where the body is to be signed
 */
export function signedHeaders(
	{ method, url, headers = {} }: UnsignedRequest,
	{ accessKeyId, secretAccessKey }: S3Keys,
	region: string,
	date: Date,
	payloadHash = UNSIGNED_PAYLOAD,
): Record<string, string> {
	const timestamp = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
	const scope = [timestamp.slice(0, 8), region, 's3', 'aws4_request'];
	const sent: Record<string, string> = {
		...headers,
		'x-amz-content-sha256': payloadHash,
		'x-amz-date': timestamp,
	};
	// The HTTP client sends the host by itself.
	const signed: Record<string, string> = { ...sent, host: url.host };

	const names = Object.keys(signed).sort();
	const canonicalRequest = [
		method,
		url.pathname
			.split('/')
			.map((part) => encode(decoded(part)))
			.join('/'),
		canonicalQuery(url.searchParams),
		...names.map((name) => `${name}:${signed[name].trim().replace(/\s+/g, ' ')}`),
		'',
		names.join(';'),
		payloadHash,
	].join('\n');
	const stringToSign = [
		'AWS4-HMAC-SHA256',
		timestamp,
		scope.join('/'),
		createHash('sha256').update(canonicalRequest).digest('hex'),
	].join('\n');

	const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
	const signature = hmac(key, stringToSign).toString('hex');
	return {
		...sent,
		authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
	};
}

/** As it is where it cannot be decoded: a redirect may name any path, and S3 refuses a wrong one. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function canonicalQuery(query: URLSearchParams): string {
	return [...query]
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.sort()
		.join('&');
}

/** As AWS wants it: all but letters, digits and `-._~` (RFC 3986, unreserved). */
export function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function hmac(key: string | Buffer, text: string): Buffer {
	return createHmac('sha256', key).update(text).digest();
}
