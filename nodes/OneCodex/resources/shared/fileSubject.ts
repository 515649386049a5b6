import { createHash } from 'crypto';

import type { SelectedBinary } from '../../binary/selectBinaries';

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
	const bytes =
		data?.id ??
		createHash('sha256')
			.update(data?.data ?? '')
			.digest('hex');
	const all = JSON.stringify([binaryPropertyName, bytes, ...facts]);
	return createHash('sha256').update(all).digest('hex').slice(0, 32);
}
