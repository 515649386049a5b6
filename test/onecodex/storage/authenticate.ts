import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { StandInState } from '../state';
import { type Authorization, isSignatureV4, parseAuthorization } from './authorizationHeader';
import { S3Error } from './errors';
import { signatureOf } from './signatureV4';
import { checkSignedHeaders, payloadHashOf, timestampOf } from './signedHead';

function isSame(expected: string, actual: string): boolean {
	const [left, right] = [Buffer.from(expected), Buffer.from(actual)];
	return left.length === right.length && timingSafeEqual(left, right);
}

function checkSignature(
	{ method = '', url = '', headers, rawHeaders }: IncomingMessage,
	{ accessKeyId, scope, signedHeaders, signature }: Authorization,
	secretAccessKey: string,
): void {
	const payloadHash = String(headers['x-amz-content-sha256']);
	const expected = signatureOf(
		{ method, target: url, rawHeaders, signedHeaders, payloadHash },
		scope,
		String(headers['x-amz-date']),
		secretAccessKey,
	);
	if (isSame(expected.signature, signature)) return;
	throw new S3Error(
		'SignatureDoesNotMatch',
		'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
		{
			AWSAccessKeyId: accessKeyId,
			StringToSign: expected.stringToSign,
			SignatureProvided: signature,
			CanonicalRequest: expected.canonicalRequest,
		},
	);
}

/**
 * Judges a request by its head alone: whether it is signed with keys that were lent for this object.
 *
 * @returns the SHA-256 that the body is said to have, or UNSIGNED-PAYLOAD.
 * @throws S3Error
 */
export function authenticate(
	request: IncomingMessage,
	{ bucket, key }: { bucket: string; key: string },
	state: StandInState,
): string {
	const { headers } = request;
	if (!isSignatureV4(headers.authorization)) throw new S3Error('AccessDenied', 'Access Denied');
	const timestamp = timestampOf(headers);
	const payloadHash = payloadHashOf(headers);
	const { region } = state.settings;
	const authorization = parseAuthorization(headers.authorization ?? '', { region }, timestamp);
	const { accessKeyId } = authorization;
	const lent = state.imports.lentUnder(accessKeyId);
	if (!lent) {
		throw new S3Error(
			'InvalidAccessKeyId',
			'The AWS Access Key Id you provided does not exist in our records.',
			{ AWSAccessKeyId: accessKeyId },
		);
	}
	checkSignedHeaders(headers, authorization.signedHeaders);
	checkSignature(request, authorization, lent.keys.secretAccessKey);
	if (bucket !== state.bucket) {
		throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
			BucketName: bucket,
		});
	}
	if (key !== lent.key && key !== lent.pairedKey)
		throw new S3Error('AccessDenied', 'Access Denied');
	return payloadHash;
}
