import type { INodeParameters } from 'n8n-workflow';

import { byId, failing, type Scenario, type Scenarios } from './failing';

const operation =
	(resource: string, name: string) =>
	(parameters: INodeParameters = {}): Scenario =>
	async () =>
		await failing({ resource, operation: name, ...parameters });

const job = (jobId: string) => operation('job', 'get')({ jobId: byId(jobId) });

/** What is refused of analyses, jobs and projects before anything is sent, and what their state says. */
export const analyses: Scenarios = {
	'Job ID is not an ID': job('={{ "XYZ" }}'),
	'Job ID is empty': job('={{ "" }}'),
	'Job ID is ..., not an ID': job('={{ [1, 2, 3] }}'),
	'Project ID is empty': operation('project', 'get')({ projectId: byId('={{ "" }}') }),
	'Name is ..., not text': operation('project', 'create')({ name: '={{ [1] }}' }),
	'Description is ..., not text': operation(
		'project',
		'create',
	)({
		name: 'Ward 7',
		description: '={{ [1] }}',
	}),
	'Name Contains is ...': operation('job', 'getAll')({ filters: { name: '={{ [1] }}' } }),
	'Type is ...': operation('job', 'getAll')({ filters: { type: '={{ [1] }}' } }),
};
