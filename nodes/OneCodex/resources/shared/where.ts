import type { IDataObject } from 'n8n-workflow';

import { OneCodexError } from '../../errors/oneCodexError';

/** Whether a filter was filled in. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/** Both ends in one operator, for One Codex takes one for a field; undefined for no end. */
export function range<T extends string | number>(from?: T, to?: T): IDataObject | undefined {
	if (from !== undefined && to !== undefined) return { $between: [from, to] };
	if (from !== undefined) return { $gte: from };
	return to === undefined ? undefined : { $lte: to };
}

/**
 * A filter's number of bytes; undefined for none, which 0 stands for.
 *
 * @throws OneCodexError (input) that names the filter
 */
export function bytes(value: unknown, name: string): number | undefined {
	if (!isGiven(value) || value === 0) return undefined;
	if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
	throw new OneCodexError('input', `${name} must be a whole number of bytes`, {
		description: 'Give a number such as 1000000, without unit, or remove the filter.',
	});
}
