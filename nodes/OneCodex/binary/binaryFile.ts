import type { BinaryHelperFunctions, INodeExecutionData } from 'n8n-workflow';

import { textOf, whatItIs } from '../errors/given';
import { OneCodexError } from '../errors/oneCodexError';
import { isObject, type FileDetails } from '../types';
import { CHUNK_BYTES } from './fileChunks';
import { inlineBytes, insteadOfBytes, insteadOfId } from './inlineBytes';
import { filesOf } from './itemFiles';
import { filesHint, type SelectedBinary } from './selectBinaries';
import { checkSize, limitedStore, type LimitedStore } from './store';
import { storedFile, unreadable } from './storedFile';

/** What one form POST to S3 carries at the most. */
const MOST_BYTES_OF_A_FORM = 5 * 1024 ** 3;

/** A file of an item, ready to be read as often as need be. */
export interface BinaryFile {
	/** The binary field, or the path in the JSON; '' for a binary object given by expression. */
	binaryPropertyName: string;
	/** As the upstream node named it; undefined where it did not. */
	originalName?: string;
	/** As n8n made it out of name or type, or as somebody wrote it. */
	fileExtension?: string;
	mimeType?: string;
	/** Exact, in bytes. */
	size: number;
	/** Where n8n has it, if it is in memory as a whole there. */
	store?: LimitedStore;
	/**
	 * Opens it anew, from the first byte. The reader may stop early: the file is closed then. A chunk
	 * can be read until CHUNKS_HELD more were taken, or with `isCopied` until the next is: then chunks
	 * are larger.
	 */
	read(isCopied?: boolean): AsyncIterable<Uint8Array>;
}

/** All that is needed to send a file. */
export type FileBytes = Pick<BinaryFile, 'size' | 'read'>;

/**
 * Makes a selected file ready to be read.
 *
 * @throws OneCodexError (input) where the item has no such file, or it is none, is gone or is empty
 */
export async function openBinary(
	helpers: BinaryHelperFunctions,
	item: INodeExecutionData,
	{ binaryPropertyName, data }: SelectedBinary,
): Promise<BinaryFile> {
	if (data === undefined) throw notThere(item, binaryPropertyName);
	const subject = binaryPropertyName ? `"${binaryPropertyName}"` : 'the file';
	if (!isObject(data)) {
		const message = `Input Binary Field: ${subject} is ${whatItIs(data)}, not a file`;
		throw new OneCodexError('input', message, {
			description: AS_N8N_HAS_THEM,
			details: { binaryPropertyName },
		});
	}
	const originalName = textOf(data.fileName) || undefined;
	const details = { binaryPropertyName, ...(originalName && { filename: originalName }) };
	if (!binaryPropertyName && data.id === undefined && data.data === undefined) {
		throw noBytes(`${subject} has nothing`, details, whatToName(item));
	}
	const file = await readable(helpers, data, subject, details);
	if (file.size < 1) {
		const description = 'One Codex takes files of 1 byte or more.';
		throw new OneCodexError('input', 'The file is empty', { description, details });
	}
	const store = limitedStore({ id: textOf(data.id) });
	checkSize(store, file.size, details);
	const fileExtension = textOf(data.fileExtension);
	const mimeType = textOf(data.mimeType);
	return { binaryPropertyName, originalName, fileExtension, mimeType, store, ...file };
}

const AS_N8N_HAS_THEM =
	'A file is an object as n8n has them: with an id of its store, or with base64 in data.';

function notThere(item: INodeExecutionData, binaryPropertyName: string): OneCodexError {
	const message = `Input Binary Field: the item has no file in "${binaryPropertyName}"`;
	// A model that has the node as a tool is told the message alone.
	const isBare = !filesOf(item).length;
	return new OneCodexError(
		'input',
		isBare ? `${message}; a node before this one has to give it` : message,
		{ description: filesHint(item), details: { binaryPropertyName } },
	);
}

/** As n8n's own nodes do it: an ID goes before what is in the item itself. */
async function readable(
	helpers: BinaryHelperFunctions,
	{ id, data }: Record<string, unknown>,
	subject: string,
	details: FileDetails,
): Promise<Pick<BinaryFile, 'size' | 'read'>> {
	const noId = id && insteadOfId(id);
	if (noId) {
		const message = `Input Binary Field: ${subject} has ${noId} in place of its ID`;
		throw new OneCodexError('input', message, { description: AS_N8N_HAS_THEM, details });
	}
	const instead = id ? undefined : insteadOfBytes(data);
	if (instead) throw noBytes(`${subject} has ${instead}`, details);
	if (!id) return inMemory(data);
	try {
		const file = await storedFile(helpers, String(id));
		if (file.isNameOfStore) throw noBytes(`${subject} has the name of n8n's store`, details);
		return file;
	} catch (error) {
		throw error instanceof OneCodexError ? error : unreadable(error, details);
	}
}

function noBytes(
	whatHasWhat: string,
	details: FileDetails,
	description = AS_N8N_HAS_THEM,
): OneCodexError {
	const message = `Input Binary Field: ${whatHasWhat} in place of its bytes`;
	return new OneCodexError('input', message, { description, details });
}

/** An expression with `$binary` loses the bytes, which a field's name does not. */
function whatToName(item: INodeExecutionData): string {
	return filesOf(item).length ? filesHint(item) : AS_N8N_HAS_THEM;
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
 * @param isCopied whether the reader has copied a chunk when it takes the next
 * @throws OneCodexError (input)
 */
export async function* readAsDeclared(
	file: Pick<BinaryFile, 'size' | 'read'>,
	isCopied = false,
): AsyncGenerator<Uint8Array> {
	let given = 0;
	try {
		for await (const chunk of file.read(isCopied)) {
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

/**
 * A file that is in the item itself: n8n 1.x's in-memory mode, or made by a Code node. It is decoded
 * anew for each reading, so that a run of many files does not hold them all twice.
 */
function inMemory(data: unknown): Pick<BinaryFile, 'size' | 'read'> {
	return {
		size: inlineBytes(data).length,
		async *read() {
			const bytes = inlineBytes(data);
			for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
				yield bytes.subarray(from, from + CHUNK_BYTES);
			}
		},
	};
}
