import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import type { StoredObject } from '../types';
import { requestError, storageError } from './failures';
import { secureUrl } from './secureUrl';
import { xmlText } from './xml';

/** All of n8n that the storage side gets: nothing that could reach a credential. */
export interface StorageContext {
	httpRequest: IExecuteFunctions['helpers']['httpRequest'];
}

/**
 * Sends a form to S3 (POST Object) and returns what S3 stored.
 *
 * @param signal aborts the transfer
 * @throws OneCodexError
 */
export async function postForm(
	{ httpRequest }: StorageContext,
	uploadUrl: string,
	form: FormData,
	signal: AbortSignal,
): Promise<StoredObject> {
	const url = secureUrl(uploadUrl, 'The upload URL');
	let response: IN8nHttpFullResponse;
	try {
		response = (await httpRequest({
			method: 'POST',
			url: url.href,
			body: form,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// While redirects are followed, n8n's helper keeps a copy of all that it sent.
			disableFollowRedirect: true,
			// n8n's own limit of 300 s is for the whole transfer and would cut a long one.
			timeout: 0,
			abortSignal: signal,
		})) as IN8nHttpFullResponse;
	} catch (error) {
		throw requestError(error);
	}
	if (response.statusCode < 200 || response.statusCode > 299) throw storageError(response);
	return storedObject(response);
}

/** Reads S3's PostResponse, which it sends for `success_action_status` 201. */
function storedObject({ body, statusCode }: IN8nHttpFullResponse): StoredObject {
	const xml = typeof body === 'string' ? body : '';
	const stored = {
		bucket: xmlText(xml, 'Bucket'),
		key: xmlText(xml, 'Key'),
		location: xmlText(xml, 'Location'),
		etag: xmlText(xml, 'ETag').replace(/^"|"$/g, ''),
	};
	if (!stored.key || !stored.etag) {
		throw new OneCodexError('service', 'The storage answered without saying what it stored', {
			httpCode: statusCode,
			description: 'Check that the upload URL and success_action_status are as Init Upload gave.',
		});
	}
	return stored;
}
