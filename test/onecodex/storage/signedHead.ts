import type { IncomingHttpHeaders } from 'node:http';
import { invalidArgument, notImplemented, S3Error } from './errors';

/** Milliseconds. */
const MAX_SKEW = 15 * 60 * 1000;

/** The request's x-amz-date. @throws S3Error AccessDenied without one, RequestTimeTooSkewed */
export function timestampOf({ 'x-amz-date': header }: IncomingHttpHeaders): string {
	const fields = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(header ?? ''));
	const [text, year, month, day, ...time] = fields ?? [];
	const at = Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`);
	if (text === undefined || Number.isNaN(at)) {
		throw new S3Error(
			'AccessDenied',
			'AWS authentication requires a valid Date or x-amz-date header',
		);
	}
	const now = new Date();
	if (Math.abs(now.getTime() - at) > MAX_SKEW) {
		throw new S3Error(
			'RequestTimeTooSkewed',
			'The difference between the request time and the current time is too large.',
			{
				RequestTime: text,
				ServerTime: now.toISOString(),
				MaxAllowedSkewMilliseconds: String(MAX_SKEW),
			},
		);
	}
	return text;
}

/** @throws S3Error InvalidRequest without it, InvalidArgument, NotImplemented */
export function payloadHashOf({ 'x-amz-content-sha256': header }: IncomingHttpHeaders): string {
	if (header === undefined) {
		throw new S3Error(
			'InvalidRequest',
			'Missing required header for this request: x-amz-content-sha256',
		);
	}
	const hash = String(header);
	if (hash.startsWith('STREAMING-')) {
		// Only over TLS do clients leave a body unsigned and send its checksum after it.
		throw notImplemented('x-amz-content-sha256');
	}
	if (hash === 'UNSIGNED-PAYLOAD' || /^[0-9a-f]{64}$/.test(hash)) return hash;
	throw invalidArgument(
		'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.',
		'x-amz-content-sha256',
		hash,
	);
}

/** Which headers have to be signed is said under "CanonicalHeaders". @throws S3Error AccessDenied */
export function checkSignedHeaders(headers: IncomingHttpHeaders, signed: string[]): void {
	const isRequired = (name: string): boolean =>
		['host', 'content-type', 'content-md5'].includes(name) || name.startsWith('x-amz-');
	const unsigned = Object.keys(headers).filter(
		(name) => isRequired(name) && !signed.includes(name),
	);
	if (unsigned.length > 0) {
		throw new S3Error(
			'AccessDenied',
			'There were headers present in the request which were not signed',
			{ HeadersNotSigned: unsigned.join(', ') },
		);
	}
}
