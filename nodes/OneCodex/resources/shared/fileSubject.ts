import { createHash } from 'crypto';

import type { SelectedBinary } from '../../binary/selectBinaries';
import { isObject } from '../../types';

/**
 * What tells a file, and what is done with it, from others. A file in n8n's binary store has an ID
 * of its own; of one in the item itself the bytes count.
 *
 * @param facts what it goes by: operation, name, size
 */
export function fileSubject(
	{ binaryPropertyName, data }: SelectedBinary,
	...facts: unknown[]
): string {
	const { id, data: content } = isObject(data) ? data : {};
	const all = JSON.stringify([binaryPropertyName, id || sha256Of(contentOf(content)), ...facts]);
	return sha256Of(all).slice(0, 32);
}

/** The bytes as they stand in the item: as base64, or as a list of numbers. */
function contentOf(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}

function sha256Of(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
