import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { listPage, MOST_PER_PAGE, pagesFrom } from '../../api/pages';
import { plainValue, shown } from '../../errors/given';
import { failedItem, toNodeError } from '../../errors/nodeErrors';
import { OneCodexError } from '../../errors/oneCodexError';
import { flag } from './flag';
import { and, type showForResource } from './showFor';

/** The default of the field, which n8n's rules want as a number in its place. */
const LIMIT = 50;

/** The fields with which every Get Many begins, as n8n's own nodes have them. */
export function getManyFields(showFor: ReturnType<typeof showForResource>): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			displayOptions: showFor('getAll'),
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 50,
			displayOptions: and(showFor('getAll'), 'returnAll', false),
			description: 'Max number of results to return',
		},
	];
}

/** The field that chooses between the whole answer and the part of it that most people want. */
export function simplifyField(showFor: ReturnType<typeof showForResource>): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: showFor('getAll'),
		description: 'Whether to return a simplified version of the response instead of the raw data',
	};
}

/**
 * Lists something once for every item, one after the other. An item whose list fails stops the
 * run, or becomes an item that says so when the node continues on error.
 */
export async function listForEachItem(
	context: IExecuteFunctions,
	list: (itemIndex: number) => Promise<IDataObject[]>,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[][] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		const pairedItem = { item: itemIndex };
		try {
			items.push((await list(itemIndex)).map((json) => ({ json, pairedItem })));
		} catch (cause) {
			const error = toNodeError(context.getNode(), cause, itemIndex);
			if (!context.continueOnFail()) throw error;
			items.push([failedItem(error, itemIndex, {})]);
		}
	}
	// A call takes no list of hundreds of thousands as its arguments.
	return items.flat();
}

/**
 * The entries of a list, page by page, up to the item's Limit.
 *
 * @param what it lists, for the error of a limit that is none: 'documents'
 * @param read checks one entry
 * @throws OneCodexError
 */
export async function listEntries<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	{ what, ...list }: { path: string; qs: IDataObject; what: string; isByCursor?: boolean },
	read: (entry: unknown) => T,
): Promise<T[]> {
	const parameter = (name: string, fallback: unknown) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	const isAll = flag(parameter('returnAll', false), 'Return All');
	const limit = isAll ? Infinity : limitOf(parameter('limit', LIMIT), what);
	const entries: T[] = [];
	const per_page = Math.min(limit, MOST_PER_PAGE);
	const first = await listPage(context, { ...list, qs: { per_page, ...list.qs } }, read);
	for await (const page of pagesFrom(context, first, read)) {
		entries.push(...page.entries);
		if (entries.length >= limit) break;
	}
	return entries.slice(0, limit);
}

function limitOf(given: unknown, what: string): number {
	const value = plainValue(given);
	if (Number.isSafeInteger(value) && Number(value) >= 1) return Number(value);
	const message = `Limit must be a whole number, 1 or more, not ${shown(value)}`;
	throw new OneCodexError('input', message, {
		description: `It is how many ${what} come at the most. The default is ${LIMIT}.`,
	});
}
