import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { jobAnswer } from '../../api/answers/job';
import { JOBS_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { ANALYSIS_TYPES } from '../shared/analysisTypes';
import { filtersField, namesOf } from '../shared/filters';
import { getManyFields, listEntries, listForEachItem } from '../shared/getMany';
import { givenFilters, isGiven, textIn } from '../shared/where';
import { showFor } from './fields';
import { jobJson } from './jobJson';

const jobFilters = filtersField(showFor, [
	{
		displayName: 'Name Contains',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. database',
		description: 'Only jobs whose name has this in it, in capital or small letters',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: ANALYSIS_TYPES,
		default: 'classification',
		description: 'Only jobs whose analyses are of this type. By expression, any type works.',
	},
]);

export const getAllFields: INodeProperties[] = [...getManyFields(showFor), jobFilters];

/** Lists the jobs that the account sees, by name, once for every item. */
export async function getAll(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = await listForEachItem(this, async (itemIndex) => {
		const filters = this.getNodeParameter('filters', itemIndex, {}) as unknown;
		const { name, type } = givenFilters(filters, namesOf(jobFilters));
		const where = {
			...(isGiven(name) && { name: { $icontains: textIn(name, 'Name Contains') } }),
			...(isGiven(type) && { analysis_type: { $eq: textIn(type, 'Type') } }),
		};
		const list = { path: JOBS_PATH, qs: listQuery({ where, sort: { name: false } }), what: 'jobs' };
		return (await listEntries(this, itemIndex, list, jobAnswer)).map(jobJson);
	});
	return [items];
}
