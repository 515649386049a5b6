import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../shared/locator';
import { showFor } from './fields';

/** The sample that an operation is about; after a step that gives one, nothing needs to be chosen. */
export const sampleLocator = (operation: string): INodeProperties => ({
	...locator(
		{
			displayName: 'Sample',
			name: 'sampleId',
			displayOptions: showFor(operation),
			description:
				'The sample, by its ID. By expression, <code>sample_id</code>, <code>$uri</code> or a <code>$ref</code> of an earlier step work as they are.',
		},
		'samples',
		'searchSamples',
	),
	default: { mode: 'id', value: '={{ $json.sample_id }}' },
});

/** A project to put samples into; to be given its displayOptions where it stands alone. */
export const projectLocator: INodeProperties = {
	...locator(
		{
			displayName: 'Project',
			name: 'projectId',
			description:
				'The project of the sample, by its ID. By expression, a <code>$uri</code> or a <code>$ref</code> work too.',
		},
		'projects',
		'searchProjects',
	),
	required: false,
};
