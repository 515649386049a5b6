import { BINARY_ENCODING, type BinaryHelperFunctions, type INodeExecutionData } from 'n8n-workflow';

import { OneCodexError } from '../errors/oneCodexError';
import { CHUNK_BYTES, fileChunks } from './fileChunks';
import { filesHint, hasFiles, type SelectedBinary } from './selectBinaries';
import { checkSize, limitedStore, type LimitedStore } from './store';

/** What one form POST to S3 carries at the most. */
const MOST_BYTES_OF_A_FORM = 5 * 1024 ** 3;

/** A file of an item, ready to be read as often as need be. */
export interface BinaryFile {
	/** The binary field, or the path in the JSON; '' for a binary object given by expression. */
	binaryPropertyName: string;
	/** As the upstream node named it; undefined where it did not. */
	originalName?: string;
	/** Without the period, as n8n made it out of name or type. */
	fileExtension?: string;
	/** Exact, in bytes. */
	size: number;
	/** Where n8n has it, if it is in memory as a whole there. */
	store?: LimitedStore;
	/**
	 * Opens it anew, from the first byte. The reader may stop early: the file is closed then. A chunk
	 * can be read until CHUNKS_HELD more were taken.
	 */
	read(): AsyncIterable<Uint8Array>;
}

/** All that is needed to send a file. */
export type FileBytes = Pick<BinaryFile, 'size' | 'read'>;

/**
 * Makes a selected file ready to be read.
 *
 * @throws OneCodexError (input) where the item has no such file, or it is empty
 */
export async function openBinary(
	helpers: BinaryHelperFunctions,
	item: INodeExecutionData,
	{ binaryPropertyName, data }: SelectedBinary,
): Promise<BinaryFile> {
	const details = { binaryPropertyName };
	if (!data) {
		const message = `Input Binary Field: the item has no file in "${binaryPropertyName}"`;
		// A model that has the node as a tool is told the message alone.
		const isBare = !hasFiles(item);
		throw new OneCodexError(
			'input',
			isBare ? `${message}; a node before this one has to give it` : message,
			{ description: filesHint(item), details },
		);
	}
	const file = data.id ? await stored(helpers, data.id) : inMemory(data.data);
	const originalName = data.fileName || undefined;
	const facts = { details: { ...details, ...(originalName && { filename: originalName }) } };
	if (file.size < 1) {
		const description = 'One Codex takes files of 1 byte or more.';
		throw new OneCodexError('input', 'The file is empty', { description, ...facts });
	}
	const store = limitedStore(data);
	checkSize(store, file.size, facts.details);
	return { binaryPropertyName, originalName, fileExtension: data.fileExtension, store, ...file };
}

/**
 * The file, if one form POST can carry it.
 *
 * @throws OneCodexError (input)
 */
export function forOneForm(file: BinaryFile): BinaryFile {
	if (file.size <= MOST_BYTES_OF_A_FORM) return file;
	const { binaryPropertyName, originalName } = file;
	throw new OneCodexError('input', 'The file is too large for one form', {
		description:
			'One form carries 5 GiB at most. Use Upload Document with Transfer at Automatic, which sends larger files in parts.',
		details: { binaryPropertyName, ...(originalName && { filename: originalName }) },
	});
}

/**
 * Reads a file, and notices when it gives other than it declared: a body of another length makes
 * S3 wait, or cuts the file short in silence.
 *
 * @throws OneCodexError (input)
 */
export async function* readAsDeclared(
	file: Pick<BinaryFile, 'size' | 'read'>,
): AsyncGenerator<Uint8Array> {
	let given = 0;
	try {
		for await (const chunk of file.read()) {
			given += chunk.length;
			if (given > file.size) throw changed(`more than ${file.size} bytes`);
			yield chunk;
		}
	} catch (error) {
		throw error instanceof OneCodexError ? error : unreadable(error);
	}
	if (given < file.size) throw changed(`${given} instead of ${file.size} bytes`);
}

function changed(given: string): OneCodexError {
	return new OneCodexError('input', `The file gave ${given}`, {
		description: 'n8n no longer has the file as it was. Run the step before this one again.',
	});
}

/** What n8n's binary store failed with. */
function unreadable(error: unknown): OneCodexError {
	const said = error instanceof Error ? `: ${error.message}` : '';
	return new OneCodexError('input', `n8n could not read the file${said}`, {
		description: 'n8n may have removed it already. Run the step before this one again.',
	});
}

async function stored(
	helpers: BinaryHelperFunctions,
	id: string,
): Promise<Pick<BinaryFile, 'size' | 'read'>> {
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		size: fileSize,
		async *read() {
			// The stream makes a buffer of this size, be the file ever so small.
			yield* fileChunks(await helpers.getBinaryStream(id, Math.min(CHUNK_BYTES, fileSize)));
		},
	};
}

/** n8n 1.x's in-memory mode, where the file is in the item itself, as base64. */
function inMemory(base64: string): Pick<BinaryFile, 'size' | 'read'> {
	return {
		size: Buffer.byteLength(base64, BINARY_ENCODING),
		async *read() {
			const bytes = Buffer.from(base64, BINARY_ENCODING);
			for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
				yield bytes.subarray(from, from + CHUNK_BYTES);
			}
		},
	};
}
