import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentAnswer } from '../../api/answers/document';
import { DOCUMENTS_PATH } from '../../api/paths';
import { getManyFields, listEntries, listForEachItem, simplifyField } from '../shared/getMany';
import { choice } from '../shared/choice';
import { flag } from '../shared/flag';
import { documentFilters, whereOf } from './documentFilters';
import { documentJson, simpleDocumentJson } from './documentJson';
import { showFor } from './fields';

/** What One Codex is asked to sort by; true is descending. */
const SORT = {
	newest: { created_at: true },
	oldest: { created_at: false },
	name: { filename: false },
	largest: { size: true },
	smallest: { size: false },
};

const ORDERS = Object.keys(SORT) as Array<keyof typeof SORT>;

export const getAllFields: INodeProperties[] = [
	...getManyFields(showFor),
	simplifyField(showFor),
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
	const items = await listForEachItem(this, async (itemIndex) => {
		const parameter = (name: string, fallback: unknown) =>
			this.getNodeParameter(name, itemIndex, fallback) as unknown;
		const isSimple = flag(parameter('simplify', true), 'Simplify');
		const toJson = isSimple ? simpleDocumentJson : documentJson;
		const where = whereOf(parameter('filters', {}), this.getTimezone());
		const sort = SORT[choice(parameter('options.sort', 'newest'), ORDERS, 'Sort')];
		const qs = {
			sort: JSON.stringify(sort),
			...(Object.keys(where).length && { where: JSON.stringify(where) }),
		};
		const list = { path: DOCUMENTS_PATH, qs, what: 'documents' };
		return (await listEntries(this, itemIndex, list, documentAnswer)).map(toJson);
	});
	return [items];
}
