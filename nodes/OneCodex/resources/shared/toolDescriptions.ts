import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { and, type showForResource } from './showFor';

/**
 * What a model is told of each operation that it has as a tool. Without a parameter of this name,
 * n8n tells it the operation's action and no more.
 */
export function toolDescriptions(
	{ options }: INodeProperties,
	showFor: ReturnType<typeof showForResource>,
): INodeProperties[] {
	return (options as INodePropertyOptions[]).map(({ value, description }) => ({
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: String(description),
		displayOptions: and(showFor(String(value)), '@tool', true),
		description: 'What the model is told that this tool does',
	}));
}
