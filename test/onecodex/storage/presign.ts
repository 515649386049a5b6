import type { IncomingMessage } from 'node:http';
import { S3Error } from './errors';
import { isSignedBy, sign, type SigningKey } from './policy';

const PARAMETERS = ['Signature', 'Expires', 'AWSAccessKeyId'] as const;

const encodeKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/**
 * A link that lets whoever has it GET one object, by "Query string request authentication
 * alternative" of "Signing and authenticating REST requests" (Signature Version 2).
 */
export function presignedUrl(
	{ root, bucket, key, expires }: { root: string; bucket: string; key: string; expires: number },
	signingKey: SigningKey,
): string {
	const path = `/${encodeKey(key)}`;
	const query = new URLSearchParams({
		AWSAccessKeyId: signingKey.accessKeyId,
		Expires: String(expires),
		Signature: sign(`GET\n\n\n${expires}\n/${bucket}${path}`, signingKey),
	});
	return `${root}${path}?${query}`;
}

/**
 * What S3 computes the signature over. A Content-Type or an x-amz- header counts, so a client that
 * adds one to a link is refused. Of other parameters S3 counts only sub-resources; here each does,
 * so that a link that was changed is seen.
 */
function stringToSign({ method, headers }: IncomingMessage, url: URL, bucket: string): string {
	const amazon = Object.keys(headers)
		.filter((name) => name.startsWith('x-amz-'))
		.sort()
		.map((name) => `${name}:${String(headers[name])}\n`)
		.join('');
	const rest = new URLSearchParams(url.searchParams);
	for (const name of PARAMETERS) rest.delete(name);
	return [
		method,
		headers['content-md5'] ?? '',
		headers['content-type'] ?? '',
		url.searchParams.get('Expires'),
		`${amazon}/${bucket}${url.pathname}${rest.size > 0 ? `?${rest}` : ''}`,
	].join('\n');
}

/**
 * The key of the object that a link opens.
 *
 * @throws S3Error AccessDenied, InvalidAccessKeyId or SignatureDoesNotMatch.
 */
export function presignedKey(
	request: IncomingMessage,
	bucket: { name: string; signingKey: SigningKey },
): string {
	const url = new URL(`http://stand-in${request.url}`);
	const [signature, expires, accessKeyId] = PARAMETERS.map((name) => url.searchParams.get(name));
	if (signature === null && expires === null && accessKeyId === null) {
		throw new S3Error('AccessDenied', 'Access Denied');
	}
	if (signature === null || expires === null || accessKeyId === null) {
		throw new S3Error(
			'AccessDenied',
			'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
		);
	}
	if (accessKeyId !== bucket.signingKey.accessKeyId) {
		throw new S3Error(
			'InvalidAccessKeyId',
			'The AWS Access Key Id you provided does not exist in our records.',
			{ AWSAccessKeyId: accessKeyId },
		);
	}
	if (!/^\d{1,11}$/.test(expires)) {
		throw new S3Error('AccessDenied', `Invalid date (should be seconds since epoch): ${expires}`);
	}
	const expiry = new Date(Number(expires) * 1000);
	const now = new Date();
	if (expiry <= now) {
		throw new S3Error('AccessDenied', 'Request has expired', {
			Expires: expiry.toISOString(),
			ServerTime: now.toISOString(),
		});
	}
	const signed = stringToSign(request, url, bucket.name);
	if (!isSignedBy(bucket.signingKey, signed, signature)) {
		throw new S3Error(
			'SignatureDoesNotMatch',
			'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
			{ AWSAccessKeyId: accessKeyId, StringToSign: signed, SignatureProvided: signature },
		);
	}
	return decodeURIComponent(url.pathname.slice(1));
}
