import {
	BINARY_ENCODING,
	type BinaryHelperFunctions,
	type IBinaryData,
	type INodeExecutionData,
} from 'n8n-workflow';

import { OneCodexError } from '../errors';
import { isObject } from '../transport/answers';

/** Where n8n's `combined` binary mode keeps the files of an item, in its JSON. */
const FILES_IN_JSON = '_files';

/** About twice as fast as the 64 KiB default of Node.js: fewer turns of the event loop. */
const CHUNK_BYTES = 1024 * 1024;

/** What one form POST to S3 carries at the most, and so one upload. */
const MOST_BYTES = 5 * 1024 ** 3;

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
	/** Opens it anew, from the first byte. The reader may stop early: the file is closed then. */
	read(): AsyncIterable<Uint8Array>;
}

/** What an Input Binary Field parameter names; without `data` where the item has no such file. */
export interface SelectedBinary {
	binaryPropertyName: string;
	data?: IBinaryData;
}

/**
 * The files that an Input Binary Field parameter names: one field, several with commas between,
 * `*` for all files of the item, or by expression a binary object (or a list of any of these).
 *
 * @throws OneCodexError (input) where it names nothing at all
 */
export function selectBinaries(item: INodeExecutionData, parameter: unknown): SelectedBinary[] {
	if (Array.isArray(parameter) && parameter.length) {
		return parameter.flatMap((one) => selectBinaries(item, one));
	}
	if (isBinaryData(parameter)) {
		return [{ binaryPropertyName: nameOf(item, parameter), data: parameter }];
	}
	const text = typeof parameter === 'string' ? parameter.trim() : '';
	if (!text) {
		throw new OneCodexError('input', 'Input Binary Field is empty', { description: hint(item) });
	}
	if (text === '*') {
		const all = filesOf(item);
		if (all.length) return all.map(([binaryPropertyName, data]) => ({ binaryPropertyName, data }));
		throw new OneCodexError('input', 'Input Binary Field is *, but the item has no file', {
			description: hint(item),
		});
	}
	// A form's field label may hold a comma, so the whole text is tried first.
	const names = find(item, text) ? [text] : text.split(',').map((name) => name.trim());
	return names
		.filter(Boolean)
		.map((name) => ({ binaryPropertyName: name, data: find(item, name) }));
}

/**
 * Makes a selected file ready to be read.
 *
 * @throws OneCodexError (input) where the item has no such file, or it is empty or too large
 */
export async function openBinary(
	helpers: BinaryHelperFunctions,
	item: INodeExecutionData,
	{ binaryPropertyName, data }: SelectedBinary,
): Promise<BinaryFile> {
	const details = { binaryPropertyName };
	if (!data) {
		throw new OneCodexError(
			'input',
			`Input Binary Field: the item has no file in "${binaryPropertyName}"`,
			{ description: hint(item), details },
		);
	}
	const file = data.id ? await stored(helpers, data.id) : inMemory(data.data);
	const originalName = data.fileName || undefined;
	const facts = { details: { ...details, ...(originalName && { filename: originalName }) } };
	if (file.size < 1) {
		const description = 'One Codex takes files of 1 byte or more.';
		throw new OneCodexError('input', 'The file is empty', { description, ...facts });
	}
	if (file.size > MOST_BYTES) {
		const description = 'Split or compress it: one upload to the storage carries 5 GiB at most.';
		throw new OneCodexError('input', 'The file is too large', { description, ...facts });
	}
	return { binaryPropertyName, originalName, fileExtension: data.fileExtension, ...file };
}

type NamedBinary = [name: string, data: IBinaryData];

/** Every file of the item, by field name, or by path for those that live in the JSON. */
function filesOf(item: INodeExecutionData): NamedBinary[] {
	const inJson = item.json[FILES_IN_JSON];
	return [
		...Object.entries(item.binary ?? {}),
		...Object.entries(isObject(inJson) ? inJson : {})
			.filter((entry): entry is NamedBinary => isBinaryData(entry[1]))
			.map(([name, data]): NamedBinary => [`${FILES_IN_JSON}.${name}`, data]),
	];
}

/** A binary field, a path in the JSON, or a field's name where the files are in the JSON. */
function find(item: INodeExecutionData, name: string): IBinaryData | undefined {
	const candidates = [
		item.binary?.[name],
		atPath(item.json, name),
		atPath(item.json, `${FILES_IN_JSON}.${name}`),
	];
	return candidates.find(isBinaryData);
}

function atPath(json: unknown, path: string): unknown {
	const keys = path.split(/[.[\]"']+/).filter(Boolean);
	return keys.reduce((value, key) => (isObject(value) ? value[key] : undefined), json);
}

function nameOf(item: INodeExecutionData, data: IBinaryData): string {
	const same = ([, other]: NamedBinary) =>
		other === data || (data.id !== undefined && other.id === data.id);
	return filesOf(item).find(same)?.[0] ?? '';
}

function hint(item: INodeExecutionData): string {
	const names = filesOf(item).map(([name]) => name);
	if (!names.length) return 'The item has no files. Connect a node that gives one.';
	return `The item has files in: ${names.join(', ')}. Use one of these, or * for all.`;
}

function isBinaryData(value: unknown): value is IBinaryData {
	return isObject(value) && 'mimeType' in value && ('data' in value || 'id' in value);
}

async function stored(
	helpers: BinaryHelperFunctions,
	id: string,
): Promise<Pick<BinaryFile, 'size' | 'read'>> {
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		size: fileSize,
		async *read() {
			yield* await helpers.getBinaryStream(id, CHUNK_BYTES);
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
