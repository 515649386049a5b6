import { createHash } from 'crypto';

import type { SelectedBinary } from '../../binary/selectBinaries';
import { isObject } from '../../types';

/**
 * What tells a file, and what is done with it, from others. A file in n8n's binary store has an ID
 * of its own; of one in the item itself the bytes count. Of a path the last part is the ID: n8n moves
 * the files of a webhook to another folder when the execution ends.
 *
 * @param facts what it goes by: operation, name, size
 */
export function fileSubject(
	{ binaryPropertyName, data }: SelectedBinary,
	...facts: unknown[]
): string {
	const { id, data: content } = isObject(data) ? data : {};
	const bytes = typeof id === 'string' && id ? id.split('/').at(-1) : sha256(contentOf(content));
	return sha256(JSON.stringify([binaryPropertyName, bytes, ...facts])).slice(0, 32);
}

/** The bytes as they stand in the item: as base64, or as a list of numbers. */
function contentOf(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content ?? '');
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
