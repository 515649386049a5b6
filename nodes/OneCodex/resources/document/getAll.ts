import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentAnswer } from '../../api/answers/document';
import { listPage, MOST_PER_PAGE, type ListPage } from '../../api/pages';
import { DOCUMENTS_PATH } from '../../api/paths';
import { failedItem, toNodeError } from '../../errors/nodeErrors';
import { OneCodexError } from '../../errors/oneCodexError';
import type { DocumentAnswer } from '../../types';
import { documentFilters, whereOf } from './documentFilters';
import { documentJson, simpleDocumentJson } from './documentJson';
import { showFor } from './fields';

/** What One Codex is asked to sort by; true is descending. */
const SORT: Record<string, Record<string, boolean>> = {
	newest: { created_at: true },
	oldest: { created_at: false },
	name: { filename: false },
	largest: { size: true },
	smallest: { size: false },
};

export const getAllFields: INodeProperties[] = [
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
		displayOptions: { show: { ...showFor('getAll')?.show, returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: showFor('getAll'),
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	documentFilters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('getAll'),
		options: [
			{
				displayName: 'Sort',
				name: 'sort',
				type: 'options',
				options: [
					{ name: 'Largest First', value: 'largest' },
					{ name: 'Name', value: 'name' },
					{ name: 'Newest First', value: 'newest' },
					{ name: 'Oldest First', value: 'oldest' },
					{ name: 'Smallest First', value: 'smallest' },
				],
				default: 'newest',
				description: 'The order of the documents',
			},
		],
	},
];

/**
 * Lists documents, once for every item. Programmatic, because the next page is in a header of the
 * page before it, and each page waits for its turn; routing knows neither.
 */
export async function getAll(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
		const pairedItem = { item: itemIndex };
		try {
			const toJson = this.getNodeParameter('simplify', itemIndex, true)
				? simpleDocumentJson
				: documentJson;
			const documents = await list(this, itemIndex);
			items.push(...documents.map((document) => ({ json: toJson(document), pairedItem })));
		} catch (cause) {
			const error = toNodeError(this.getNode(), cause, itemIndex);
			if (!this.continueOnFail()) throw error;
			items.push(failedItem(error, itemIndex, {}));
		}
	}
	return [items];
}

async function list(context: IExecuteFunctions, itemIndex: number): Promise<DocumentAnswer[]> {
	const parameter = (name: string, fallback: unknown) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	const limit = parameter('returnAll', false) ? Infinity : limitOf(parameter('limit', 50));
	const where = whereOf(parameter('filters', {}), context.getTimezone());
	const sort = SORT[String(parameter('options.sort', 'newest'))] ?? SORT.newest;
	const qs = {
		per_page: Math.min(limit, MOST_PER_PAGE),
		sort: JSON.stringify(sort),
		...(Object.keys(where).length && { where: JSON.stringify(where) }),
	};

	const documents: DocumentAnswer[] = [];
	const seen = new Set<string>();
	let page: Parameters<typeof listPage>[1] | undefined = { path: DOCUMENTS_PATH, qs };
	while (page && documents.length < limit) {
		const { entries, next }: ListPage<DocumentAnswer> = await listPage(
			context,
			page,
			documentAnswer,
		);
		documents.push(...entries);
		// A list that leads back into itself would never end.
		page = next && !seen.has(next) ? next : undefined;
		seen.add(next ?? '');
	}
	return documents.slice(0, limit);
}

function limitOf(value: unknown): number {
	if (Number.isSafeInteger(value) && Number(value) >= 1) return Number(value);
	throw new OneCodexError('input', 'Limit must be a whole number, 1 or more', {
		description: 'It is how many documents come at the most. The default is 50.',
	});
}
