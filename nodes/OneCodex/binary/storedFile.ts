import type { BinaryHelperFunctions } from 'n8n-workflow';

import { OneCodexError } from '../errors/oneCodexError';
import { isObject, type FileDetails } from '../types';
import { CHUNK_BYTES, CHUNKS_HELD, COPIED_BYTES, fileChunks } from './fileChunks';
import { isNameOfStore, mayBeNameOfStore } from './inlineBytes';

/** A file of n8n's binary store. */
interface StoredFile {
	size: number;
	read(isCopied?: boolean): AsyncGenerator<Uint8Array>;
	/** n8n made it of a binary object that has the name of a store, and no ID. */
	isNameOfStore: boolean;
}

/**
 * Looks a file up in n8n's binary store.
 *
 * @throws whatever n8n says where it does not have the file
 */
export async function storedFile(helpers: BinaryHelperFunctions, id: string): Promise<StoredFile> {
	const size = (await declaredSize(helpers, id)) ?? (await countedSize(helpers, id));
	const read = async function* (isCopied = false) {
		const chunkBytes = isCopied ? COPIED_BYTES : CHUNK_BYTES;
		// The stream makes a buffer of this size, be the file ever so small.
		const stream = await helpers.getBinaryStream(id, Math.max(1, Math.min(chunkBytes, size)));
		yield* fileChunks(stream, isCopied ? 0 : CHUNKS_HELD);
	};
	const isSuspect = mayBeNameOfStore(size);
	return { size, read, isNameOfStore: isSuspect && isNameOfStore(await wholeOf(read())) };
}

/** Undefined where n8n has no record of it, which its own nodes do not ask for. */
async function declaredSize(
	helpers: BinaryHelperFunctions,
	id: string,
): Promise<number | undefined> {
	const metadata = await helpers.getBinaryMetadata(id).catch(() => undefined);
	if (!Number.isSafeInteger(metadata?.fileSize)) return undefined;
	// n8n keeps the record in a file of its own there, which may outlive the file that it is about.
	if (id.startsWith('filesystem')) (await helpers.getBinaryStream(id, 1)).destroy();
	return metadata?.fileSize;
}

async function countedSize(helpers: BinaryHelperFunctions, id: string): Promise<number> {
	let size = 0;
	for await (const chunk of fileChunks(await helpers.getBinaryStream(id, CHUNK_BYTES))) {
		size += chunk.length;
	}
	return size;
}

async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}

/** What n8n's binary store failed with. */
export function unreadable(error: unknown, details?: FileDetails): OneCodexError {
	// n8n 1 says where on its disk the file would be.
	const isGone = isObject(error) && error.code === 'ENOENT';
	const words = error instanceof Error ? `: ${error.message}` : '';
	const said = isGone ? ': File not found' : words;
	return new OneCodexError('input', `n8n could not read the file${said}`, {
		description:
			'n8n may have removed it already, or it is of another n8n. Run the step before this one again; if its output is pinned, unpin it first.',
		details,
	});
}
