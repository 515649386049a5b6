import type { INodeProperties } from 'n8n-workflow';

import { toolDescriptions } from '../shared/toolDescriptions';
import { createFields, createRouting } from './create';
import { showFor } from './fields';
import { getFields, getRouting } from './get';
import { getAll, getAllFields } from './getAll';

/** What routing cannot express. */
export const projectOperations = { getAll };

/**
 * The operations of the resource `project`; their names are saved in workflows. The descriptions are
 * read by people, and by models that have the node as a tool.
 */
const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['project'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create a project',
			description: 'Create a project, with a name and a description. Gives back its project ID.',
			routing: createRouting,
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many projects',
			description:
				'List projects by name, with their IDs and descriptions; filtered by a part of the name',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a project',
			description:
				'Get the name, description, owner and your rights of one project, by its project ID',
			routing: getRouting,
		},
	],
	default: 'getAll',
};

export const projectDescription: INodeProperties[] = [
	operation,
	...toolDescriptions(operation, showFor),
	...getFields,
	...getAllFields,
	...createFields,
];
