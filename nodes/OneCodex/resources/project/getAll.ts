import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { projectAnswer } from '../../api/answers/project';
import { PROJECTS_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { filtersField, namesOf } from '../shared/filters';
import { getManyFields, listEntries, listForEachItem } from '../shared/getMany';
import { givenFilters, isGiven, textIn } from '../shared/where';
import { showFor } from './fields';
import { projectJson } from './projectJson';

const projectFilters = filtersField(showFor, [
	{
		displayName: 'Name Contains',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. ward',
		description: 'Only projects whose name has this in it, in capital or small letters',
	},
]);

export const getAllFields: INodeProperties[] = [...getManyFields(showFor), projectFilters];

/** Lists the account's projects by name, once for every item. */
export async function getAll(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = await listForEachItem(this, async (itemIndex) => {
		const filters = this.getNodeParameter('filters', itemIndex, {}) as unknown;
		const { name } = givenFilters(filters, namesOf(projectFilters));
		const where = isGiven(name) ? { name: { $icontains: textIn(name, 'Name Contains') } } : {};
		const qs = listQuery({ where, sort: { name: false } });
		const list = { path: PROJECTS_PATH, qs, what: 'projects' };
		return (await listEntries(this, itemIndex, list, projectAnswer)).map(projectJson);
	});
	return [items];
}
