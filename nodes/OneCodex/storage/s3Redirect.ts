import type { IDataObject } from 'n8n-workflow';

import type { Redirect } from '../http/redirects';
import { xmlText } from './xml';

export interface S3Answer {
	statusCode: number;
	headers: IDataObject;
	text: string;
}

const REDIRECTS = new Set([301, 302, 307, 308]);

/**
 * Where a request goes that has something to send, its method and body as they are. Not with 303,
 * which asks for another request, a GET.
 */
export function redirectOf({ statusCode, headers }: Omit<S3Answer, 'text'>): Redirect | undefined {
	const { location } = headers;
	return REDIRECTS.has(statusCode) && typeof location === 'string' ? { location } : undefined;
}

/**
 * The region that an answer of S3 names for the bucket: in a header of its own, or in the error
 * (AuthorizationHeaderMalformed: Region; PermanentRedirect: Endpoint). '' where it names none.
 */
export function regionOf({ headers, text }: S3Answer): string {
	const named = headers['x-amz-bucket-region'];
	const [, ofEndpoint = ''] =
		/\bs3[.-]([a-z0-9-]+)\.amazonaws\.com/.exec(xmlText(text, 'Endpoint')) ?? [];
	const region = typeof named === 'string' ? named : xmlText(text, 'Region') || ofEndpoint;
	return /^[a-z0-9-]+$/.test(region) ? region : '';
}

/**
 * What S3 says of a signed request that belongs elsewhere: the region to sign for, or the place to
 * send it to. undefined for one that was served, or refused for another reason.
 *
 * @param region that it was signed for
 */
export function elsewhere(
	answer: S3Answer,
	region: string,
): { region: string } | Redirect | undefined {
	const { statusCode } = answer;
	if (statusCode < 300 || statusCode >= 500) return undefined;
	const named = regionOf(answer);
	// A temporary redirect is for this one request, a wrong region is wrong for all.
	if (named && named !== region && statusCode !== 307) return { region: named };
	return redirectOf(answer);
}
