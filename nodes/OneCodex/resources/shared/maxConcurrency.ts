import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { plainValue, shown } from '../../errors/given';

/** Files on their way at the same time, where the user did not say. */
export const MAX_CONCURRENCY = 3;

export const maxConcurrencyOption: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
	default: MAX_CONCURRENCY,
	description: 'How many files are uploaded at the same time',
};

/**
 * One setting for the run, so taken from the first item.
 *
 * @throws NodeOperationError for what is no whole number from 1 on
 */
export function maxConcurrency(context: IExecuteFunctions): number {
	const given = context.getNodeParameter('options.maxConcurrency', 0, MAX_CONCURRENCY) as unknown;
	const value = plainValue(given ?? MAX_CONCURRENCY);
	if (Number.isSafeInteger(value) && Number(value) >= 1) return Number(value);
	throw new NodeOperationError(
		context.getNode(),
		`Max Concurrency must be a whole number, 1 or more, not ${shown(value)}`,
		{ description: 'It is how many files are uploaded at the same time. The default is 3.' },
	);
}
