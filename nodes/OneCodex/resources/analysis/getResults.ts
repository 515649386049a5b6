import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { typeOfPath } from '../../api/analysisTypes';
import { idOfReference } from '../../api/answers/shape';
import { choice } from '../shared/choice';
import { isTool } from '../shared/isTool';
import { analysisPicker, showFor } from './fields';
import { filterRows } from './filterRows';
import { perAnalysis } from './perAnalysis';
import { readResults } from './readResults';
import { resultRows } from './resultRows';
import { rowFilters } from './rowFilterFields';
import { checkFilters, rowFiltersOf } from './rowFilters';

export const getResultsFields: INodeProperties[] = [
	analysisPicker('getResults'),
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'JSON',
				value: 'json',
				description: 'One item with all results, as One Codex gives them',
			},
			{
				name: 'Rows',
				value: 'rows',
				description: 'One item for each row of the table, where the results have one',
			},
		],
		default: 'rows',
		displayOptions: showFor('getResults'),
		description: 'How to give back the results',
	},
	rowFilters,
];

/** Rows that a model gets where nobody said how many: thousands would be more than it can read. */
const ROWS_FOR_A_MODEL = 25;

/** Results are held as a whole, and each may be large. */
const ITEMS_AT_ONCE = 3;

/** Gives the results of an analysis for every item. */
export async function getResults(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const top = isTool(this) ? ROWS_FOR_A_MODEL : undefined;
	const items = await perAnalysis(
		this,
		(parameter) => {
			const output = choice(parameter('output', 'rows'), ['rows', 'json'], 'Output');
			const filters = rowFiltersOf(output === 'rows' ? parameter('filters', {}) : {}, top);
			return async (analysis, _details, signal) => {
				const analysis_id = idOfReference(analysis);
				if (output === 'rows') {
					checkFilters(filters, analysis.analysis_type ?? typeOfPath(analysis.$uri));
				}
				const results = await readResults(this, analysis, signal);
				if (output === 'json') return { json: { analysis_id, results } as IDataObject };
				const rows = filterRows(resultRows(results), results, filters);
				return rows.map((row) => ({ json: { analysis_id, ...row } }));
			};
		},
		ITEMS_AT_ONCE,
	);
	return [items];
}
