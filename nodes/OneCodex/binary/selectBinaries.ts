import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { OneCodexError } from '../errors/oneCodexError';
import { isObject } from '../types';

/** Where n8n's `combined` binary mode keeps the files of an item, in its JSON. */
const FILES_IN_JSON = '_files';

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
	// A form's field label may hold a comma, so the whole text is tried first.
	const names = find(item, text) ? [text] : text.split(/\s*,\s*/).filter(Boolean);
	if (!names.length) {
		throw new OneCodexError('input', 'Input Binary Field is empty', {
			description: filesHint(item),
		});
	}
	if (text === '*') {
		const all = filesOf(item);
		if (all.length) return all.map(([binaryPropertyName, data]) => ({ binaryPropertyName, data }));
		throw new OneCodexError('input', 'Input Binary Field is *, but the item has no file', {
			description: filesHint(item),
		});
	}
	return names.map((name) => ({ binaryPropertyName: name, data: find(item, name) }));
}

/**
 * The one file that a parameter names, for operations that chain one item to one.
 *
 * @throws OneCodexError (input) where it names several
 */
export function selectOneBinary(
	item: INodeExecutionData,
	parameter: unknown,
	operation: string,
): SelectedBinary {
	const [binary, ...others] = selectBinaries(item, parameter);
	if (!others.length) return binary;
	const count = others.length + 1;
	throw new OneCodexError('input', `${operation} takes one file of an item, not ${count}`, {
		description: 'Name one file in Input Binary Field, or use Upload Document for several.',
	});
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

/** Whether the item has any file at all. */
export function hasFiles(item: INodeExecutionData): boolean {
	return filesOf(item).length > 0;
}

/** What to name instead. */
export function filesHint(item: INodeExecutionData): string {
	const names = filesOf(item).map(([name]) => name);
	if (!names.length) return 'The item has no files. Connect a node that gives one.';
	return `The item has files in: ${names.join(', ')}. Use one of these, or * for all.`;
}

function isBinaryData(value: unknown): value is IBinaryData {
	return isObject(value) && 'mimeType' in value && ('data' in value || 'id' in value);
}
