import type { BinaryHelperFunctions, IBinaryData, NodeExecutionHint } from 'n8n-workflow';

import { STORE_LIMIT } from '../errors/messages';
import { OneCodexError } from '../errors/oneCodexError';
import type { FileDetails } from '../types';

/** Where n8n keeps a file, of the places that have it in memory as a whole. */
export type LimitedStore = keyof typeof STORE_LIMIT;

/** A file in n8n's binary store: where, if it is in memory as a whole there, and its bytes. */
export interface KeptFile {
	store?: LimitedStore;
	size: number;
}

const MIB = 1024 * 1024;

/** Characters of the longest text that Node.js can hold (V8's limit). */
const LONGEST_TEXT = 2 ** 29 - 24;

/** Bytes of the largest file that n8n can give back: each store makes a text of it on the way. */
const LARGEST: Record<LimitedStore, number> = {
	// PostgreSQL's driver: \x and two digits a byte. A larger file is stored, but a worker that reads it hangs.
	database: (LONGEST_TEXT - 2) / 2,
	// Base64: four letters for three bytes.
	memory: (LONGEST_TEXT / 4) * 3,
};

/** Any n8n keeps so much, and has the memory for it. */
const SMALL = 32 * MIB;

/** Above this n8n's memory is worth a word. */
const LARGE = 100 * MIB;

/** The ID of a file begins with n8n's name for where it is; a file in the item itself has none. */
export function limitedStore({ id }: Pick<IBinaryData, 'id'>): LimitedStore | undefined {
	if (!id) return 'memory';
	return id.startsWith('database:') ? 'database' : undefined;
}

/** @throws OneCodexError (input) where n8n could not give back a file of so many bytes */
export function checkSize(
	store: LimitedStore | undefined,
	size: number,
	details?: FileDetails,
): void {
	if (!store || size <= LARGEST[store]) return;
	const [message, description] = STORE_LIMIT[store];
	throw new OneCodexError('input', message, { description, details });
}

/**
 * Makes sure, before a file is fetched, that n8n can keep it.
 *
 * @returns whether n8n writes it to the file system as it comes; false where it is too small to ask
 * @throws OneCodexError (input)
 */
export async function checkRoom(
	helpers: Pick<BinaryHelperFunctions, 'prepareBinaryData'>,
	size: number,
): Promise<boolean> {
	if (size <= SMALL) return false;
	// n8n tells where it keeps files only of a file that it keeps, so it gets an empty one.
	const empty = await helpers.prepareBinaryData(Buffer.alloc(0), undefined, 'text/plain');
	checkSize(limitedStore(empty), size);
	return empty.id?.startsWith('filesystem') ?? false;
}

/** A hint on large files that n8n had in memory as a whole, or none where there were none. */
export function memoryHint(files: KeptFile[]): NodeExecutionHint[] {
	const large = files.filter(({ store, size }) => store && size > LARGE);
	if (!large.length) return [];
	return [
		{
			message:
				`n8n had ${large.length} large file${large.length > 1 ? 's' : ''} in memory as a whole, ` +
				'which can take several times the size of the file. ' +
				'The largest file is 256 MiB in its database, and 384 MiB in its in-memory mode. ' +
				'For large files set N8N_DEFAULT_BINARY_DATA_MODE to filesystem or s3.',
			location: 'outputPane',
			type: 'warning',
		},
	];
}
