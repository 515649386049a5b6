import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { projectAnswer } from '../../api/answers/project';
import { PROJECTS_PATH } from '../../api/paths';
import { receiveAnswer, sendCall } from '../../api/routing';
import { onceSender } from '../shared/once';
import { isGiven, textIn } from '../shared/where';
import { showFor } from './fields';
import { projectJson } from './projectJson';

export const createFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Ward 7',
		displayOptions: showFor('create'),
		description: 'The name of the new project',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		displayOptions: showFor('create'),
		description: 'What the project is for',
	},
];

/** Two projects may have one name, so a request whose answer was lost is not sent again. */
export const createRouting: INodePropertyRouting = {
	request: { method: 'POST', url: PROJECTS_PATH },
	send: {
		paginate: true,
		preSend: [
			sendCall(function () {
				const description = this.getNodeParameter('description', '') as unknown;
				const body = {
					name: textIn(this.getNodeParameter('name', '') as unknown, 'Name'),
					...(isGiven(description) && { description: textIn(description, 'Description') }),
				};
				return { body, details: {} };
			}),
		],
	},
	operations: { pagination: onceSender('Look in One Codex for a new project of this name.') },
	output: {
		postReceive: [receiveAnswer((answer) => ({ json: projectJson(projectAnswer(answer)) }))],
	},
};
