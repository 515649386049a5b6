import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { unexpected } from '../api/answers/shape';
import { apiRequest, defaultSettings } from '../api/request';
import { checkRoom } from '../binary/store';
import type { OneCodexError } from '../errors/oneCodexError';
import { wasNotCarriedOut } from '../http/retry';
import { secureUrl } from '../http/secureUrl';
import { isObject } from '../types';
import { keepObject } from './keepObject';

/** What is needed to know of an entry whose file is fetched. */
interface WithFile {
	filename?: string | null;
	/** Bytes; null where that is not known. */
	size?: number | null;
}

/**
 * Fetches the file of a document or a sample into n8n's binary store, without ever holding it in
 * memory.
 *
 * @param path of the entry, from the base URL on
 * @param read checks the entry, and throws for one that has no file
 * @param signal stops it
 * @throws OneCodexError
 */
export async function downloadEntry<T extends WithFile>(
	context: IExecuteFunctions,
	path: string,
	read: (answer: unknown) => T,
	signal: AbortSignal,
): Promise<{ entry: T; data: IBinaryData }> {
	const settings = { ...defaultSettings(context), signal };
	const entry = await apiRequest(context, { method: 'GET', path }, settings, read);
	const { filename, size = null } = entry;
	const isWritten = await checkRoom(context.helpers, size ?? 0);
	const link = await apiRequest(
		context,
		{ method: 'POST', path: `${path}/download_uri` },
		// It can cost the account money, so only what surely had no effect is repeated.
		{ ...settings, shouldRepeat: wasNotCarriedOut },
		downloadLink,
	);
	const object = { link, size, isWritten, fileName: filename ?? undefined };
	return { entry, data: await keepObject(context, object, signal) };
}

/** @throws OneCodexError (service) when there is no link to a safe place */
function downloadLink(answer: unknown): string {
	const uri = isObject(answer) ? answer.download_uri : undefined;
	if (typeof uri !== 'string') throw permanent(unexpected('download_uri', 'a link'));
	return secureUrl(uri, 'The download link').href;
}

/** A link that cannot be used was given all the same, and may have cost its price. */
function permanent(error: OneCodexError): OneCodexError {
	error.facts.isTransient = false;
	return error;
}
