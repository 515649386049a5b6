import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import type { Reads } from '../../upload/reads/groupReads';

const READS: Reads[] = ['auto', 'single', 'interleaved'];

/**
 * One setting for the run, so taken from the first item.
 *
 * @throws NodeOperationError for what is none of them
 */
export function readsOf(context: IExecuteFunctions, value: unknown): Reads {
	const known = READS.find((each) => each === value);
	if (known) return known;
	throw new NodeOperationError(context.getNode(), `Reads cannot be "${String(value)}"`, {
		description: `It is one of: ${READS.join(', ')}.`,
	});
}
