import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { requestError } from '../errors/requestError';
import { secureUrl } from '../http/secureUrl';

/** All of n8n that the storage side gets: nothing that could reach a credential. */
export interface StorageContext {
	httpRequest: IExecuteFunctions['helpers']['httpRequest'];
}

/**
 * Sends a request to the storage and returns its answer, whatever its status, with the body as a
 * stream.
 *
 * @param name what the address is, as an error's first words: 'The upload URL'
 * @param signal ends it, the reading of the body too
 * @throws OneCodexError
 */
export async function storageRequest(
	{ httpRequest }: StorageContext,
	name: string,
	request: Pick<IHttpRequestOptions, 'method' | 'headers'> & {
		url: string;
		body?: object | string;
	},
	signal: AbortSignal,
): Promise<IN8nHttpFullResponse> {
	const { url, ...rest } = request;
	try {
		return (await httpRequest({
			...(rest as Partial<IHttpRequestOptions>),
			url: secureUrl(url, name).href,
			encoding: 'stream',
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
}
