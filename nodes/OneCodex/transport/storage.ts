import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import type { StoredObject } from '../types';
import { answerText } from './answerText';
import { requestError, storageError } from './failures';
import { redact } from './redact';
import { secureUrl } from './secureUrl';
import { xmlText } from './xml';

/** All of n8n that the storage side gets: nothing that could reach a credential. */
export interface StorageContext {
	httpRequest: IExecuteFunctions['helpers']['httpRequest'];
}

/** What S3 said to a form: what it stored, or where to send the form instead (307). */
export type PostAnswer =
	| { stored: StoredObject; encryption?: string; location?: undefined }
	| { location: string };

/** Fields of a form that must not come back in an error. */
const SECRET_FIELD = /policy|signature|credential|token|accesskeyid/i;

/**
 * Sends a form to S3 (POST Object).
 *
 * @param signal aborts the transfer
 * @throws OneCodexError
 */
export async function postForm(
	{ httpRequest }: StorageContext,
	uploadUrl: string,
	form: FormData,
	signal: AbortSignal,
): Promise<PostAnswer> {
	const url = secureUrl(uploadUrl, 'The upload URL');
	try {
		const response = (await httpRequest({
			method: 'POST',
			url: url.href,
			body: form,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// While redirects are followed, n8n's helper keeps a copy of all that it sent.
			disableFollowRedirect: true,
			// n8n's own limit of 300 s is for the whole transfer and would cut a long one.
			timeout: 0,
			abortSignal: signal,
		})) as IN8nHttpFullResponse;
		const text = redact(await answerText(response), secretsOf(form));
		return postAnswer(response, text, url);
	} catch (error) {
		throw requestError(error);
	}
}

function postAnswer(response: IN8nHttpFullResponse, xml: string, url: URL): PostAnswer {
	const { statusCode, headers } = response;
	if (statusCode === 307 && typeof headers.location === 'string') {
		return { location: new URL(headers.location, url).href };
	}
	if (statusCode < 200 || statusCode > 299) throw storageError(response, xml);
	const encryption = headers['x-amz-server-side-encryption'];
	return {
		stored: storedObject(statusCode, xml),
		...(typeof encryption === 'string' && { encryption }),
	};
}

/** Reads S3's PostResponse, which it sends for `success_action_status` 201. */
function storedObject(statusCode: number, xml: string): StoredObject {
	const stored = {
		bucket: xmlText(xml, 'Bucket'),
		key: xmlText(xml, 'Key'),
		location: xmlText(xml, 'Location'),
		etag: xmlText(xml, 'ETag').replace(/^"|"$/g, ''),
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
