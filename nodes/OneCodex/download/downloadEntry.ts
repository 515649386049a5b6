import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { unexpected } from '../api/answers/shape';
import { apiRequest, defaultSettings } from '../api/request';
import { checkRoom } from '../binary/store';
import { NOT_KEPT } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import { wasNotCarriedOut } from '../http/retry';
import { secureUrl } from '../http/secureUrl';
import { isObject } from '../types';
import { readObject } from './readObject';

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
	const object = { link, size, isWritten };
	const { body, bytes } = await readObject(context.helpers, object, signal);
	const keep = async () => {
		const data = await context.helpers.prepareBinaryData(
			readable(body, bytes),
			filename ?? undefined,
		);
		if (isWritten) await checkWritten(context, data, size);
		return { entry, data };
	};
	return await keep().catch((error: unknown) => {
		signal.throwIfAborted();
		throw error instanceof OneCodexError ? error : notKept(saidBy(error));
	});
}

const saidBy = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** @throws OneCodexError (input) unless n8n's store has as many bytes as One Codex says */
async function checkWritten(
	{ helpers }: IExecuteFunctions,
	{ id = '' }: IBinaryData,
	size: number | null,
): Promise<void> {
	const { fileSize } = await helpers.getBinaryMetadata(id);
	if (fileSize !== size) throw notKept(`it has ${fileSize} of ${size} bytes`);
}

/** What n8n's binary store refused the file with, such as a size above its limit. */
function notKept(said: string): OneCodexError {
	const [message, description] = NOT_KEPT;
	return new OneCodexError('input', `${message}: ${said}`, { description });
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

type Readable = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/**
 * A Node.js stream, which n8n's binary store asks for. A verified package may not import `stream`,
 * so the class is taken from a stream that is one: the body of the answer.
 */
function readable(body: unknown, bytes: AsyncIterable<Uint8Array>): Readable {
	const { from } = (body as object).constructor as unknown as {
		from(source: AsyncIterable<Uint8Array>, options: IDataObject): Readable;
	};
	return from(bytes, { objectMode: false });
}
