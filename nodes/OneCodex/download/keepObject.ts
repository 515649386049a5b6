import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { NOT_KEPT } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import { readObject } from './readObject';

/** An object of S3 that n8n is to keep. */
interface ObjectToKeep {
	/** Signed. */
	link: string;
	/** Bytes; null where that is not known. */
	size: number | null;
	/** Whether n8n writes it to the file system as it comes. */
	isWritten: boolean;
	fileName?: string;
}

/**
 * Fetches what a signed link points to into n8n's binary store, without ever holding it in memory.
 *
 * @param signal stops it
 * @throws OneCodexError
 */
export async function keepObject(
	context: IExecuteFunctions,
	{ fileName, ...object }: ObjectToKeep,
	signal: AbortSignal,
): Promise<IBinaryData> {
	const { size, isWritten } = object;
	const { body, bytes } = await readObject(context.helpers, object, signal);
	const keep = async () => {
		const data = await context.helpers.prepareBinaryData(readable(body, bytes), fileName);
		if (isWritten) await checkWritten(context, data, size);
		return data;
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
