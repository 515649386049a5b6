import type { IDataObject } from 'n8n-workflow';

import { chosen } from '../../api/ids';
import { isLeftOut, plainValue, shown, textOf, whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import { isObject } from '../../types';

/** Whether a filter was filled in. */
export function isGiven(value: unknown): boolean {
	return !isLeftOut(value);
}

/**
 * Filters as the user added them, of a picker what was picked. One whose expression gives nothing is
 * refused: without it, what follows, such as to delete, would be done to more than was meant.
 *
 * @param names as the editor has them, by the names of the fields
 * @throws OneCodexError (input) that names the filter
 */
export function givenFilters(
	filters: unknown,
	names: Record<string, string>,
): Record<string, unknown> {
	const given = Object.entries(isObject(filters) ? filters : {}).map(([key, value]) => {
		const filter = chosen(value);
		insistOnValue(filter, names[key] ?? key, 'remove the filter. An empty text is no filter.');
		return [key, filter] as const;
	});
	return Object.fromEntries(given);
}

/**
 * @param otherwise what else to do than to mend the expression
 * @throws OneCodexError (input) where an expression gives nothing
 */
export function insistOnValue(value: unknown, name: string, otherwise: string): void {
	if (value !== undefined && value !== null) return;
	throw new OneCodexError('input', `${name} is ${whatItIs(value)}`, {
		description: `Check the expression, or ${otherwise}`,
	});
}

/** @throws OneCodexError (input) for what is no text */
export function textIn(value: unknown, name: string): string {
	const text = textOf(value);
	if (text) return text;
	throw new OneCodexError('input', `${name} is ${whatItIs(value)}, not text`, {
		description: 'Give text, or remove the field.',
	});
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
	const count = plainValue(value);
	if (!isGiven(count) || count === 0) return undefined;
	if (Number.isSafeInteger(count) && Number(count) > 0) return Number(count);
	throw new OneCodexError('input', `${name} must be a whole number of bytes, not ${shown(value)}`, {
		description: 'Give a number such as 1000000, without unit, or remove the filter.',
	});
}
