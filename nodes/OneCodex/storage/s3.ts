import type { IDataObject } from 'n8n-workflow';

import { requestError } from '../errors/requestError';
import { answerText } from '../http/answerText';
import { secureUrl } from '../http/secureUrl';
import { storageRequest, type StorageContext } from './request';
import { encode, signedHeaders, type S3Keys, type S3Request } from './signatureV4';
import { storageFailure } from './storageError';
import { xmlText } from './xml';

const DEFAULT_REGION = 'us-east-1';

/** What the address of an S3 service is, as an error's first words. */
const S3_ENDPOINT = 'The S3 Endpoint of the One Codex credential';

/** One object that is to be made, with the keys lent for it. */
export interface S3Target {
	keys: S3Keys;
	region: string;
	/** The object's own URL. */
	url: URL;
}

export interface S3Answer {
	statusCode: number;
	headers: IDataObject;
	text: string;
}

/**
 * Where an object goes: its bucket's region is asked for, not assumed.
 *
 * @param endpoint another S3 service than Amazon's, addressed in path style; '' for Amazon
 */
export async function s3Target(
	context: StorageContext,
	{ bucket, key, keys, endpoint }: { bucket: string; key: string; keys: S3Keys; endpoint: string },
	signal: AbortSignal,
): Promise<S3Target> {
	const isDnsName = /^[a-z0-9-]{3,63}$/.test(bucket);
	const base = (region: string) => {
		if (endpoint) return `${endpoint.replace(/\/+$/, '')}/${encode(bucket)}`;
		// A bucket whose name has a period has no certificate of its own.
		return isDnsName
			? `https://${bucket}.s3.${region}.amazonaws.com`
			: `https://s3.${region}.amazonaws.com/${encode(bucket)}`;
	};
	// Amazon names the region in every answer, also in one that refuses or redirects.
	const { headers } = await request(context, 'HEAD', base(DEFAULT_REGION), {}, undefined, signal);
	const named = headers['x-amz-bucket-region'];
	const region = typeof named === 'string' && /^[a-z0-9-]+$/.test(named) ? named : DEFAULT_REGION;
	const path = key.split('/').map(encode).join('/');
	return { keys, region, url: secureUrl(`${base(region)}/${path}`, S3_ENDPOINT) };
}

/**
 * Sends a signed request about an object.
 *
 * @throws OneCodexError for an error status
 */
export async function s3Request(
	context: StorageContext,
	{ keys, region, url }: S3Target,
	{ method, query = {}, headers = {} }: Omit<S3Request, 'url'> & { query?: Record<string, string> },
	body: string | File | undefined,
	signal: AbortSignal,
): Promise<S3Answer> {
	const target = new URL(url);
	target.search = Object.entries(query)
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.join('&');
	const signed = signedHeaders({ method, url: target, headers }, keys, region, new Date());
	const answer = await request(context, method, target.href, signed, body, signal);
	const { statusCode, text } = answer;
	// S3 begins an answer before it knows the end of it: an error may come with status 200.
	const isLateError = statusCode < 300 && /^\s*(<\?xml[^>]*>\s*)?<Error>/.test(text);
	if (statusCode < 300 && !isLateError) return answer;
	const secrets = [keys.accessKeyId, keys.secretAccessKey];
	const failed = { ...answer, statusCode: isLateError ? 500 : statusCode };
	throw storageFailure(failed, text, target.href, secrets);
}

/** The element of an answer's XML that must be there, '' where it is not. */
export const elementOf = ({ text }: S3Answer, name: string): string => xmlText(text, name);

async function request(
	context: StorageContext,
	method: S3Request['method'],
	url: string,
	headers: Record<string, string>,
	body: string | File | undefined,
	signal: AbortSignal,
): Promise<S3Answer> {
	const sent = { method, url, headers, ...(body !== undefined && { body }) };
	const response = await storageRequest(context, S3_ENDPOINT, sent, signal);
	const text = await answerText(response).catch((error) => Promise.reject(requestError(error)));
	return { statusCode: response.statusCode, headers: response.headers, text };
}
