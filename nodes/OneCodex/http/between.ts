import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { FOR_API, NOT_EXPECTED, PAGE, type BetweenMessages } from '../errors/between';
import type { Message } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import { headerOf } from './headers';
import { redact } from './redact';
import { retryAfter } from './retryAfter';
import { shortText } from './shortText';

type Head = Pick<IN8nHttpFullResponse, 'headers' | 'statusCode'>;

/** Longer is no title and no name of a program. */
const LONGEST_NAME = 80;

/**
 * The error for an answer that is not of the one that was asked, but of something in between.
 *
 * @param text of the answer
 * @param url that was asked
 * @param secrets that were sent, and must not come back in the error
 * @param messages for the kind of request
 */
export function betweenError(
	{ statusCode, headers }: Head,
	text: string,
	url: string,
	secrets: string[],
	messages = FOR_API,
): OneCodexError {
	const [message, description] = meaningOf({ statusCode, headers }, url, messages);
	const said = [titleOf(text), headerOf(headers, 'server') ?? '']
		.map((each) => shortText(each).slice(0, LONGEST_NAME))
		.filter(Boolean)
		.join(', ');
	return new OneCodexError('service', redact(said ? `${message}: ${said}` : message, secrets), {
		httpCode: statusCode,
		isBetween: true,
		description: redact(description, secrets),
		retryAfter: retryAfter(headers),
		// What restarts answers so for a while, and the request may have passed it.
		...(statusCode < 300 && { isTransient: true }),
	});
}

function meaningOf(
	{ statusCode, headers }: Head,
	url: string,
	{ statuses, redirected }: BetweenMessages,
): Message {
	const { host } = new URL(url);
	if (Object.hasOwn(statuses, statusCode)) return statuses[statusCode](host);
	if (statusCode < 300) return PAGE(host);
	const location = headerOf(headers, 'location');
	if (statusCode > 399 || location === undefined) {
		return NOT_EXPECTED(host, statusCode);
	}
	// The host alone: path and query may hold what is for nobody else.
	const place = URL.canParse(location, url) ? new URL(location, url).host : '';
	return redirected(host, place || 'no address');
}

/** What a page is called, or a few words of an answer that is no page. */
function titleOf(text: string): string {
	const [, title] = /<(title|h1)\b[^>]*>([^<]*)<\/\1>/i.exec(text)?.slice(1) ?? [];
	if (title !== undefined) return title;
	return /^\s*[<{[]/.test(text) ? '' : text.slice(0, LONGEST_NAME);
}
