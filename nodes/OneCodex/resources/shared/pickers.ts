import type { INodeProperties } from 'n8n-workflow';

import { locator } from './locator';

type Condition = INodeProperties['displayOptions'];

/** The sample that an operation is about; after a step that gives one, nothing needs to be chosen. */
export const samplePicker = (displayOptions?: Condition): INodeProperties => ({
	...locator(
		{
			displayName: 'Sample',
			name: 'sampleId',
			...(displayOptions && { displayOptions }),
			description:
				'The sample, by its ID. By expression, <code>sample_id</code>, <code>$uri</code> or a <code>$ref</code> of an earlier step work as they are.',
		},
		'samples',
		'searchSamples',
	),
	default: { mode: 'id', value: '={{ $json.sample_id }}' },
});

export const projectPicker = (displayOptions?: Condition): INodeProperties =>
	locator(
		{
			displayName: 'Project',
			name: 'projectId',
			...(displayOptions && { displayOptions }),
			description:
				'The project, by its ID. By expression, <code>project_id</code>, <code>$uri</code> or a <code>$ref</code> of an earlier step work as they are.',
		},
		'projects',
		'searchProjects',
	);

export const jobPicker = (displayOptions?: Condition): INodeProperties =>
	locator(
		{
			displayName: 'Job',
			name: 'jobId',
			...(displayOptions && { displayOptions }),
			description:
				'The job, by its ID. By expression, <code>job_id</code>, <code>$uri</code> or a <code>$ref</code> of an earlier step work as they are.',
		},
		'jobs',
		'searchJobs',
	);

/** A picker that need not be used, such as for a filter. */
export const optional = (picker: INodeProperties): INodeProperties => ({
	...picker,
	default: { mode: 'list', value: '' },
	required: false,
});
