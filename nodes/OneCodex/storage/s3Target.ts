import { answerText } from '../http/answerText';
import { secureUrl } from '../http/secureUrl';
import { insist, type StorageLimits } from './insist';
import { storageRequest, type StorageContext } from './request';
import { regionOf } from './s3Redirect';
import { encode, type S3Keys } from './signatureV4';
import { storageFailure } from './storageError';

/** Where Amazon answers for buckets of every region. */
const DEFAULT_REGION = 'us-east-1';

/** What the address of an S3 service is, as an error's first words. */
export const S3_ENDPOINT = 'The S3 Endpoint of the One Codex credential';

/** What a place is that the storage redirects to, as an error's first words. */
export const REDIRECTED = 'The upload URL';

/** An object, and the keys lent for it. */
export interface S3Object {
	bucket: string;
	key: string;
	keys: S3Keys;
	/** Another S3 service than Amazon's, addressed in path style; '' for Amazon. */
	endpoint: string;
}

/** An object, and where its bucket is. */
export interface S3Target extends S3Object {
	/** Corrected as soon as an answer names another one. */
	region: string;
}

/**
 * Where an object goes: its bucket's region is asked for, not assumed.
 *
 * @throws OneCodexError
 */
export async function s3Target(
	context: StorageContext,
	object: S3Object,
	limits: StorageLimits,
): Promise<S3Target> {
	const url = () => bucketUrl(object, DEFAULT_REGION);
	const { region } = await insist<{ region: string }>(limits, url, async (place, signal) => {
		const name = place === url() ? S3_ENDPOINT : REDIRECTED;
		const response = await storageRequest(context, name, { method: 'HEAD', url: place }, signal);
		const { statusCode, headers } = response;
		const text = await answerText(response);
		// Amazon names the region in every answer, also in one that refuses or redirects.
		const named = regionOf({ statusCode, headers, text });
		if (named) return { region: named };
		if (statusCode >= 300 && statusCode < 400 && typeof headers.location === 'string') {
			return { location: headers.location };
		}
		// What may pass says nothing of the bucket; another service may well not know the question.
		if (statusCode === 429 || statusCode >= 500) {
			throw storageFailure(response, text, place, []);
		}
		return { region: DEFAULT_REGION };
	});
	return { ...object, region };
}

/** The object's own URL, with a query that is encoded as it is signed. */
export function objectUrl(
	{ region, ...object }: S3Target,
	query: Record<string, string> = {},
): string {
	const path = object.key.split('/').map(encode).join('/');
	const url = secureUrl(`${bucketUrl(object, region)}/${path}`, S3_ENDPOINT);
	url.search = Object.entries(query)
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.join('&');
	return url.href;
}

function bucketUrl({ bucket, endpoint }: Omit<S3Object, 'keys'>, region: string): string {
	if (endpoint) return `${endpoint.replace(/\/+$/, '')}/${encode(bucket)}`;
	// A bucket whose name has a period has no certificate of its own.
	return /^[a-z0-9-]{3,63}$/.test(bucket)
		? `https://${bucket}.s3.${region}.amazonaws.com`
		: `https://s3.${region}.amazonaws.com/${encode(bucket)}`;
}
