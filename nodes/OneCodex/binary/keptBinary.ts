import {
	BINARY_ENCODING,
	type IBinaryData,
	type IBinaryKeyData,
	type INodeExecutionData,
} from 'n8n-workflow';

import { isObject } from '../types';
import { inlineBytes, insteadOfBytes } from './inlineBytes';
import type { SelectedBinary } from './selectBinaries';

/** Where a file goes that has no field of its own. */
const NO_FIELD = 'data';

/**
 * Files as an item has them, each under its own field, so that what failed can be kept or tried
 * again; undefined for none. An item of combined binary mode that keeps none gets none: else n8n
 * would give it all files of the item that came in.
 */
export function keptBinary(
	item: INodeExecutionData,
	files: SelectedBinary[],
): IBinaryKeyData | undefined {
	const kept = files.flatMap(({ binaryPropertyName, data }) => {
		const file = asBinary(data);
		return file ? [[fieldOf(item, binaryPropertyName), file] as const] : [];
	});
	return kept.length || isObject(item.json._files) ? Object.fromEntries(kept) : undefined;
}

/** In combined binary mode n8n reads what an item gives as a file: other things would fail the run. */
function asBinary(file: unknown): IBinaryData | undefined {
	const { id, data } = isObject(file) ? file : {};
	if (id ? typeof id === 'string' : data && typeof data === 'string') return file as IBinaryData;
	if (id || !data || insteadOfBytes(data)) return undefined;
	// Bytes in a list, which n8n does not know.
	return { ...(file as IBinaryData), data: inlineBytes(data).toString(BINARY_ENCODING) };
}

/** The field's name, or of a path in the JSON the last name. */
function fieldOf({ binary, json }: INodeExecutionData, name: string): string {
	if (binary?.[name]) return name;
	const field = name.replace(/^_files\.(?=.)/, '');
	if (isObject(json._files) && field in json._files) return field;
	const last =
		field
			.split(/[.[\]"']+/)
			.filter(Boolean)
			.at(-1) ?? '';
	return /^\d*$/.test(last) ? NO_FIELD : last;
}
