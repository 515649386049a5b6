import type { INodeProperties } from 'n8n-workflow';

import { toolDescriptions } from '../shared/toolDescriptions';
import { showFor } from './fields';
import { getFields, getRouting } from './get';
import { getAll, getAllFields } from './getAll';

/** What routing cannot express. */
export const jobOperations = { getAll };

/**
 * The operations of the resource `job`; their names are saved in workflows. The descriptions are
 * read by people, and by models that have the node as a tool.
 */
const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['job'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many jobs',
			description:
				'List the jobs that can be run on samples, with their IDs, names, types and arguments; filtered by a part of the name or by type',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a job',
			description:
				'Get the name, type and arguments of one job that can be run on samples, by its job ID',
			routing: getRouting,
		},
	],
	default: 'getAll',
};

export const jobDescription: INodeProperties[] = [
	operation,
	...toolDescriptions(operation, showFor),
	...getFields,
	...getAllFields,
];
