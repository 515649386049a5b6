import type { INodeProperties } from 'n8n-workflow';

import { optional, projectPicker } from '../shared/pickers';
import { showFor } from './fields';
import { metadataField } from './metadataFields';

/** What a new sample gets besides its data. */
export const newSampleFields = (operation: string): INodeProperties[] => [
	optional(projectPicker(showFor(operation))),
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. urgent, ward 7',
		displayOptions: showFor(operation),
		description:
			'Tags for the sample, with commas between, of 30 characters at most. By expression, a list works too.',
	},
	{ ...metadataField, displayOptions: showFor(operation) },
];
