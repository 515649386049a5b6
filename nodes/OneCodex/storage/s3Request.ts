import { createHash } from 'crypto';

import { FOR_PARTS } from '../errors/between';
import { STORAGE_CODE } from '../errors/messages';
import { requestError } from '../errors/requestError';
import { answerText } from '../http/answerText';
import type { Progress } from '../http/idle';
import { secureUrl } from '../http/secureUrl';
import { unquoted } from './etag';
import { insist, type StorageLimits } from './insist';
import { withoutEtag } from './integrity';
import { storageRequest, type StorageContext } from './request';
import { elsewhere, type S3Answer } from './s3Redirect';
import { objectUrl, REDIRECTED, S3_ENDPOINT, type S3Target } from './s3Target';
import { signedHeaders, UNSIGNED_PAYLOAD, type S3Method } from './signatureV4';
import { isServed, storageFailure } from './storageError';
import { xmlText } from './xml';

/** Bytes of a file, made ready anew for each attempt. */
export interface S3Bytes {
	/** SHA-256 in hex, which S3 compares before it keeps them; without it they are not signed. */
	sha256?: string;
	/** @param progress to be told whenever bytes were taken */
	open(progress: Progress): { file: File; close(): void };
}

export interface S3Request {
	method: S3Method;
	query?: Record<string, string>;
	/** Names in small letters; all are signed. */
	headers?: Record<string, string>;
	/** Text is signed whatever it is. */
	body?: string | S3Bytes;
}

/**
 * Sends a signed request about an object, by the rules that all requests to the storage have. It is
 * signed anew for each attempt and for each place and region that S3 names.
 *
 * @param read makes of the answer what is wanted; what it throws is repeated if that may pass
 * @throws OneCodexError
 */
export async function s3Request<T>(
	context: StorageContext,
	target: S3Target,
	request: S3Request,
	limits: StorageLimits,
	read: (answer: S3Answer) => T,
): Promise<T> {
	const url = () => objectUrl(target, request.query);
	const { result } = await insist(limits, url, async (place, signal, progress) => {
		// Another request may meanwhile have learnt of another region.
		const { region } = target;
		const { answer, secrets } = await send(context, target, place, request, signal, progress);
		const next = elsewhere(answer, region);
		if (next && 'location' in next) return next;
		if (next) {
			target.region = next.region;
			return { location: url() };
		}
		return { result: read(served(answer, place, secrets)) };
	});
	return result;
}

/** The element of an answer's XML that must be there, '' where it is not. */
export const elementOf = ({ text }: S3Answer, name: string): string => xmlText(text, name);

/**
 * The ETag of what was stored, without quotes.
 *
 * @throws OneCodexError where the storage does not say what it stored
 */
export function etagOf({ headers }: S3Answer): string {
	const etag = unquoted(String(headers.etag ?? ''));
	// It may go back in XML, so nothing but what an ETag is made of.
	if (!/^[\w+/=-]+$/.test(etag)) throw withoutEtag();
	return etag;
}

async function send(
	context: StorageContext,
	target: S3Target,
	url: string,
	{ method, query, headers, body = '' }: S3Request,
	signal: AbortSignal,
	progress: Progress,
): Promise<{ answer: S3Answer; secrets: string[] }> {
	const { keys, region } = target;
	// Looked at before it is signed, for what is no URL cannot be.
	const name = url === objectUrl(target, query) ? S3_ENDPOINT : REDIRECTED;
	const place = secureUrl(url, name);
	const isText = typeof body === 'string';
	const payloadHash = isText ? sha256Of(body) : (body.sha256 ?? UNSIGNED_PAYLOAD);
	const signed = signedHeaders(
		{ method, url: place, headers },
		keys,
		region,
		new Date(),
		payloadHash,
	);
	const opened = isText ? undefined : body.open(progress);
	const sent = opened?.file ?? body;
	try {
		const response = await storageRequest(
			context,
			name,
			{ method, url: place.href, headers: signed, ...(sent && { body: sent }) },
			signal,
		);
		// S3 sends white space while it puts parts together.
		const text = await answerText(response, { onProgress: () => progress() });
		const signature = signed.authorization.split('Signature=')[1];
		const secrets = [keys.accessKeyId, keys.secretAccessKey, signature];
		return { answer: { ...response, text }, secrets };
	} catch (error) {
		throw requestError(error);
	} finally {
		opened?.close();
	}
}

/** @throws OneCodexError for an error, whatever its status */
function served(answer: S3Answer, url: string, secrets: string[]): S3Answer {
	const { statusCode, text } = answer;
	// S3 begins an answer before it knows the end of it: an error may come with status 200.
	const isLateError = statusCode < 300 && /^\s*(<\?xml[^>]*>\s*)?<Error>/.test(text);
	if (isServed(answer, text) && !isLateError) return answer;
	const failed = { ...answer, statusCode: isLateError ? 500 : statusCode };
	throw storageFailure(failed, text, url, secrets, STORAGE_CODE, FOR_PARTS);
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
