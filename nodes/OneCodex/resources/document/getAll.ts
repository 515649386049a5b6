import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentAnswer } from '../../api/answers/document';
import { DOCUMENTS_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { flag } from '../shared/flag';
import { getManyFields, listEntries, listForEachItem, simplifyField } from '../shared/getMany';
import { sortOf, sortOption } from '../shared/sort';
import { documentFilters, whereOf } from './documentFilters';
import { documentJson, simpleDocumentJson } from './documentJson';
import { showFor } from './fields';

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
		options: [sortOption('documents')],
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
		const qs = listQuery({ where, sort: sortOf(parameter('options.sort', 'newest')) });
		const list = { path: DOCUMENTS_PATH, qs, what: 'documents' };
		return (await listEntries(this, itemIndex, list, documentAnswer)).map(toJson);
	});
	return [items];
}
