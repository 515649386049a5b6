import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { OneCodexError } from '../errors/oneCodexError';
import { headerOf } from './headers';

/** Far above any answer of One Codex (a page of 1,000 documents) or S3, far below harm. */
const MOST_BYTES = 4 * 1024 * 1024;

/** For an answer that may be a long one, or take long. */
export interface LongAnswer {
	mostBytes?: number;
	/** Called with each piece of it. */
	onProgress?(): void;
}

/**
 * The text of an answer that came as a stream. Requests ask for streams so that a body without
 * end, as a proxy's or a hostile server's may be, is let go instead of filling the memory.
 *
 * @param long where more is due than usual
 * @throws OneCodexError (service) when it is longer than any answer that is due
 */
export async function answerText(
	response: IN8nHttpFullResponse,
	long?: LongAnswer,
): Promise<string> {
	const { body } = response;
	if (!isByteStream(body)) return typeof body === 'string' ? body : '';
	const chunks: Uint8Array[] = [];
	await readInto(chunks, body, response.statusCode, long).catch(async (error: unknown) => {
		// A proxy that refuses to connect may say so and hang up, and its status is what counts.
		const isEnough = isRefusedByPage(response) && !(error instanceof OneCodexError);
		if (!isEnough) await Promise.reject(error);
	});
	return Buffer.concat(chunks).toString('utf8');
}

async function readInto(
	chunks: Uint8Array[],
	body: AsyncIterable<Uint8Array>,
	statusCode: number,
	{ mostBytes = MOST_BYTES, onProgress }: LongAnswer = {},
): Promise<void> {
	let bytes = 0;
	// Leaving the loop early closes the stream, and with it the connection.
	for await (const chunk of body) {
		bytes += chunk.length;
		onProgress?.();
		if (bytes > mostBytes) {
			throw new OneCodexError('service', 'The answer is longer than any that is due', {
				httpCode: statusCode,
				isTransient: false,
				description: 'Check the address, and for a proxy in between.',
			});
		}
		chunks.push(chunk);
	}
}

/** Whether it is refused by what speaks neither JSON nor XML, so no part of it is missed. */
function isRefusedByPage({ statusCode, headers }: IN8nHttpFullResponse): boolean {
	return (
		statusCode >= 400 && !/json|(?<!xhtml\+)xml/i.test(headerOf(headers, 'content-type') ?? '')
	);
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
