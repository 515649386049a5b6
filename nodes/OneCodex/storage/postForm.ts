import { OneCodexError } from '../errors/oneCodexError';
import { answerText } from '../http/answerText';
import { redact } from '../http/redact';
import type { Redirect } from '../http/redirects';
import type { StoredObject } from '../types';
import { unquoted } from './etag';
import { storageRequest, type StorageContext } from './request';
import { redirectOf } from './s3Redirect';
import { isServed, storageFailure } from './storageError';
import { xmlText } from './xml';

/** What S3 did with a form. */
export interface PostAnswer {
	stored: StoredObject;
	/** By which key, where S3 says so. */
	encryption?: string;
}

/** Fields of a form that must not come back in an error. */
const SECRET_FIELD = /policy|signature|credential|token|accesskeyid/i;

/**
 * Sends a form to S3 (POST Object), which may name another place for it.
 *
 * @param signal aborts the transfer
 * @throws OneCodexError
 */
export async function postForm(
	context: StorageContext,
	uploadUrl: string,
	form: FormData,
	signal: AbortSignal,
): Promise<PostAnswer | Redirect> {
	const request = { method: 'POST', url: uploadUrl, body: form } as const;
	const response = await storageRequest(context, 'The upload URL', request, signal);
	const text = await answerText(response);
	const { statusCode, headers } = response;
	// By 302 networks lead to their log-in page, which is not to get the whole file.
	const redirect = statusCode === 302 ? undefined : redirectOf(response);
	if (redirect) return redirect;
	const secrets = secretsOf(form);
	if (!isServed(response, text)) throw storageFailure(response, text, uploadUrl, secrets);
	const encryption = headers['x-amz-server-side-encryption'];
	return {
		stored: storedObject(statusCode, redact(text, secrets)),
		...(typeof encryption === 'string' && { encryption }),
	};
}

/** Reads S3's PostResponse, which it sends for `success_action_status` 201. */
function storedObject(statusCode: number, xml: string): StoredObject {
	const stored = {
		bucket: xmlText(xml, 'Bucket'),
		key: xmlText(xml, 'Key'),
		location: xmlText(xml, 'Location'),
		etag: unquoted(xmlText(xml, 'ETag')),
	};
	if (!stored.key || !stored.etag) {
		throw new OneCodexError('service', 'The storage answered without saying what it stored', {
			httpCode: statusCode,
			// Cut short, or a proxy's: the form can be sent again, and replaces what was stored.
			isTransient: true,
			description: 'Check that the upload URL and success_action_status are as Init Upload gave.',
		});
	}
	return stored;
}

function secretsOf(form: FormData): string[] {
	return [...form.entries()]
		.filter(([name]) => SECRET_FIELD.test(name))
		.map(([, value]) => String(value));
}
