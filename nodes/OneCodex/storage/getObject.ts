import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { BETWEEN_ADVICE, CHANGED, DOWNLOAD_CODE } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import { answerText } from '../http/answerText';
import { contentLength, contentRange, headerOf } from '../http/headers';
import { followRedirects } from '../http/redirects';
import { isSameObject, strongEtag } from './etag';
import { storageRequest, type StorageContext } from './request';
import { storageFailure } from './storageError';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Bytes of an object that are wanted. */
export interface Wanted {
	from: number;
	/** The byte after the last; undefined for all that there are. */
	to?: number;
	/** Of the object of which bytes are there already. */
	etag?: string;
	/** Bytes that the whole object has, where that is known. */
	size?: number;
}

/** An object of S3 that is being read. */
export interface OpenObject {
	body: AsyncIterable<Uint8Array>;
	/** The byte that the body begins with: 0 where the server did not heed the range. */
	from: number;
	/** Whether the server heeds ranges. */
	isPart: boolean;
	/** Whether the connection tells an end from one that broke off (RFC 9112, 6.3). */
	hasEnd: boolean;
	/** Bytes of the whole object, as the server says; those on the way, where it compresses. */
	size?: number;
	/** Bytes of the body on its way, where the server says: n8n undoes the compression that it knows. */
	length?: number;
	etag?: string;
}

/**
 * Opens what a signed link points to. No credential goes along, wherever it redirects.
 *
 * @param signal closes it
 * @throws OneCodexError
 */
export async function getObject(
	context: StorageContext,
	link: string,
	wanted: Wanted,
	signal: AbortSignal,
): Promise<OpenObject> {
	const { from, to, size } = wanted;
	// Only with a size can be told of what a range is: of the file, or of its compressed copy.
	const isRange = size !== undefined && (from > 0 || to !== undefined);
	if (isRange) {
		const part = await open(context, link, wanted, signal, true);
		if (!part.isPart || (part.from <= from && (part.size ?? size) === size)) return part;
		void part.body[Symbol.asyncIterator]().return?.();
	}
	const whole = await open(context, link, wanted, signal, false);
	if (whole.from === 0) return whole;
	throw new OneCodexError('service', 'The storage gives other bytes than were asked for', {
		description: BETWEEN_ADVICE,
	});
}

async function open(
	context: StorageContext,
	link: string,
	{ from, to, etag }: Wanted,
	signal: AbortSignal,
	isRange: boolean,
): Promise<OpenObject> {
	const ifMatch = strongEtag(etag);
	const headers = {
		// As it is stored: a gateway that compresses would change its length, and what a range is.
		'Accept-Encoding': 'identity',
		...(isRange && { Range: `bytes=${from}-${to === undefined ? '' : to - 1}` }),
		...(ifMatch && { 'If-Match': ifMatch }),
	};
	return await followRedirects(link, async (url) => {
		const request = { method: 'GET', url, headers } as const;
		const response = await storageRequest(context, 'The download link', request, signal);
		const { statusCode } = response;
		if (REDIRECTS.has(statusCode) && typeof response.headers.location === 'string') {
			return { location: response.headers.location };
		}
		if (statusCode === 200 || statusCode === 206) return openObject(response, etag);
		const secrets = [...new URL(url).searchParams.values()];
		const text = await answerText(response);
		const error = storageFailure(response, text, url, secrets, DOWNLOAD_CODE);
		// Right after an upload One Codex may still be moving the file; asking again is free.
		if (statusCode === 404) error.facts.isTransient = true;
		throw error;
	});
}

function openObject(
	{ statusCode, headers, body }: IN8nHttpFullResponse,
	known?: string,
): OpenObject {
	const etag = headerOf(headers, 'etag');
	if (!isSameObject(known, etag)) {
		throw new OneCodexError('service', CHANGED[0], { description: CHANGED[1] });
	}
	const coding = headerOf(headers, 'content-encoding') ?? '';
	// What n8n knows it has undone already, and it takes the header away then.
	if (!/^(identity|aws-chunked)?$/i.test(coding)) {
		throw new OneCodexError('service', `The storage gives the file compressed, as ${coding}`, {
			description: 'n8n cannot undo that. ' + BETWEEN_ADVICE,
		});
	}
	const isPart = statusCode === 206;
	const range = isPart ? contentRange(headers) : undefined;
	const length = contentLength(headers);
	const size = isPart ? range?.size : length;
	return {
		body: body as AsyncIterable<Uint8Array>,
		// A part that does not say which it is cannot be used.
		from: isPart ? (range?.first ?? Infinity) : 0,
		isPart,
		hasEnd: length !== undefined || headerOf(headers, 'transfer-encoding') !== undefined,
		...(size !== undefined && { size }),
		...(length !== undefined && { length }),
		...(etag !== undefined && { etag }),
	};
}
