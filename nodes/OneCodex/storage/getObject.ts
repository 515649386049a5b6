import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { DOWNLOAD_CODE } from '../errors/messages';
import { answerText } from '../http/answerText';
import { redact } from '../http/redact';
import { followRedirects } from '../http/redirects';
import { storageRequest, type StorageContext } from './request';
import { storageError } from './storageError';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** An object of S3 that is being read. */
export interface OpenObject {
	body: AsyncIterable<Uint8Array>;
	/** The byte that the body begins with: 0 where the server did not heed the range. */
	from: number;
	/** Whether the server heeds ranges. */
	isPart: boolean;
	/** Bytes of the whole object; undefined where the server does not say. */
	size?: number;
	etag?: string;
}

/**
 * Opens what a signed link points to. No credential goes along, wherever it redirects.
 *
 * @param part the first byte wanted, the one after the last, and the ETag that the object must have
 * @param signal closes it
 * @throws OneCodexError
 */
export async function getObject(
	context: StorageContext,
	link: string,
	{ from, to, etag }: { from: number; to?: number; etag?: string },
	signal: AbortSignal,
): Promise<OpenObject> {
	const isRange = from > 0 || to !== undefined;
	const headersOfPart = isRange && {
		Range: `bytes=${from}-${to === undefined ? '' : to - 1}`,
		...(etag && { 'If-Match': etag }),
	};
	return await followRedirects(link, async (url) => {
		const request = {
			method: 'GET',
			url,
			...(headersOfPart && { headers: headersOfPart }),
		} as const;
		const response = await storageRequest(context, 'The download link', request, signal);
		const { statusCode, headers } = response;
		if (REDIRECTS.has(statusCode) && typeof headers.location === 'string') {
			return { location: headers.location };
		}
		if (statusCode === 200 || statusCode === 206) return openObject(response);
		const secrets = [...new URL(url).searchParams.values()];
		const text = redact(await answerText(response), secrets);
		const error = storageError(response, text, DOWNLOAD_CODE);
		// Right after an upload One Codex may still be moving the file; asking again is free.
		if (statusCode === 404) error.facts.isTransient = true;
		throw error;
	});
}

function openObject({ statusCode, headers, body }: IN8nHttpFullResponse): OpenObject {
	const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(String(headers['content-range'] ?? ''));
	const length = Number(headers['content-length'] ?? NaN);
	const [from, size] =
		statusCode === 206 && range ? [Number(range[1]), Number(range[2])] : [0, length];
	return {
		body: body as AsyncIterable<Uint8Array>,
		from,
		isPart: statusCode === 206,
		...(Number.isSafeInteger(size) && { size }),
		...(typeof headers.etag === 'string' && { etag: headers.etag }),
	};
}
