import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { FOR_STORAGE } from '../errors/between';
import { meaning, POLICY_EXPIRED, STORAGE_CODE, type Message } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import { betweenError } from '../http/between';
import { headerOf } from '../http/headers';
import { isPage } from '../http/page';
import { redact } from '../http/redact';
import { retryAfter } from '../http/retryAfter';
import { shortText } from '../http/shortText';
import { xmlText } from './xml';

/** What a status says of a condition or a range, where there is no code. */
const CODE_OF_STATUS: Record<number, string> = { 412: 'PreconditionFailed', 416: 'InvalidRange' };

type Head = Pick<IN8nHttpFullResponse, 'headers' | 'statusCode'>;

/**
 * The error for an answer that is no success: of S3, whose errors are XML, or of something in between.
 *
 * @param url that was asked
 * @param secrets that were sent, and must not come back in the error
 */
export function storageFailure(
	response: Head,
	text: string,
	url: string,
	secrets: string[],
	meanings = STORAGE_CODE,
	ofBetween = FOR_STORAGE,
): OneCodexError {
	const clean = redact(text, secrets);
	return isOfStorage(response, text)
		? storageError(response, clean, meanings)
		: betweenError(response, clean, url, secrets, ofBetween);
}

/** Whether it is a success, and not a page in place of one. */
export function isServed({ statusCode, headers }: Head, text: string): boolean {
	return statusCode >= 200 && statusCode <= 299 && !isPage(headers, text);
}

/** S3 numbers its answers, also those without a body, as to HEAD. Other servers may not. */
function isOfStorage({ statusCode, headers }: Head, text: string): boolean {
	if (statusCode === 407 || statusCode < 300) return false;
	return headerOf(headers, 'x-amz-request-id') !== undefined || /<Error[\s>]/.test(text);
}

/** An error status of S3. Of its XML only code and message: the rest repeats what was signed. */
export function storageError(
	{ statusCode, headers }: Head,
	xml: string,
	meanings = STORAGE_CODE,
): OneCodexError {
	const code = shortText(xmlText(xml, 'Code')) || (CODE_OF_STATUS[statusCode] ?? '');
	const said = shortText(xmlText(xml, 'Message'));
	const [message, description]: Message = isPolicyExpired(said)
		? POLICY_EXPIRED
		: (meaning(meanings, code) ??
			meaning(STORAGE_CODE, code) ?? [
				`The storage answered with status ${statusCode}`,
				statusCode >= 500
					? 'The storage has a problem. Run it again a little later.'
					: 'Run it again from its first step.',
			]);
	const reason = [code, said].filter(Boolean).join(', ');
	return new OneCodexError('service', reason ? `${message} (${reason})` : message, {
		httpCode: statusCode,
		code,
		description,
		retryAfter: retryAfter(headers),
	});
}

/** S3's AccessDenied for a policy whose time is over; a fresh init_upload gives a new one. */
export function isPolicyExpired(text: string): boolean {
	return /policy expired/i.test(text);
}
