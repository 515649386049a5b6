import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { collectionOf } from '../../api/analysisTypes';
import { analysisAnswer } from '../../api/answers/analysis';
import { ANALYSES_PATH, collectionPath } from '../../api/paths';
import { listQuery } from '../../api/query';
import { ANALYSIS_TYPES } from '../shared/analysisTypes';
import { flag } from '../shared/flag';
import { getManyFields, listEntries, listForEachItem, simplifyField } from '../shared/getMany';
import { sortOf, sortOption, TIME_ORDERS } from '../shared/sort';
import { textIn } from '../shared/where';
import { analysisFilters, whereOf } from './analysisFilters';
import { analysisJson, simpleAnalysisJson } from './analysisJson';
import { showFor } from './fields';

const ANY = 'any';

export const getAllFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [{ name: 'Any', value: 'any' }, ...ANALYSIS_TYPES],
		default: 'any',
		displayOptions: showFor('getAll'),
		description: 'What kind of analyses to list. By expression, any type works.',
	},
	...getManyFields(showFor),
	simplifyField(showFor),
	analysisFilters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('getAll'),
		options: [sortOption('analyses', TIME_ORDERS)],
	},
];

/**
 * Lists analyses, once for every item. Programmatic, because the next page is in a header of the
 * page before it, and each page waits for its turn; routing knows neither.
 */
export async function getAll(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = await listForEachItem(this, async (itemIndex) => {
		const parameter = (name: string, fallback: unknown) =>
			this.getNodeParameter(name, itemIndex, fallback) as unknown;
		const { path, where: ofType } = listOf(textIn(parameter('type', ANY), 'Type'));
		const filters = whereOf(parameter('filters', {}), this.getTimezone());
		const sort = sortOf(parameter('options.sort', 'newest'), TIME_ORDERS);
		const isSimple = flag(parameter('simplify', true), 'Simplify');
		const list = {
			path,
			qs: listQuery({ where: { ...ofType, ...filters }, sort }),
			what: 'analyses',
		};
		const toJson = isSimple ? simpleAnalysisJson : analysisJson;
		return (await listEntries(this, itemIndex, list, analysisAnswer)).map(toJson);
	});
	return [items];
}

/** A type that has no list of its own, or that nobody knows yet, is looked for among all. */
function listOf(type: string) {
	if (type === ANY) return { path: ANALYSES_PATH, where: {} };
	const collection = collectionOf(type);
	if (collection) return { path: collectionPath(collection), where: {} };
	return { path: ANALYSES_PATH, where: { analysis_type: { $eq: type } } };
}
