import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { meaning, POLICY_EXPIRED, STORAGE_CODE, type Message } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import { retryAfter } from '../http/retryAfter';
import { shortText } from '../http/shortText';
import { xmlText } from './xml';

type Head = Pick<IN8nHttpFullResponse, 'headers' | 'statusCode'>;

/** An error status of S3. Of its XML only code and message: the rest repeats what was signed. */
export function storageError(
	{ statusCode, headers }: Head,
	xml: string,
	meanings = STORAGE_CODE,
): OneCodexError {
	const code = shortText(xmlText(xml, 'Code'));
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
