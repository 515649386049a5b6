import { ApiError } from './errors';
import { kindsOf } from './fields';
import { answerList, answerOne } from './query';
import { jobResource } from './resources';
import type { Route } from './router';

const kinds = kindsOf('jobs');

export const jobRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/jobs',
		anonymous: true,
		handle: (call) => answerList(call, () => call.state.library.jobs.map(jobResource), kinds),
	},
	{
		method: 'GET',
		path: '/api/v1/jobs/:id',
		handle: (call) => {
			const job = call.state.library.jobs.find(({ id }) => id === call.params.id);
			if (!job) throw new ApiError(404, 'The job was not found.');
			return answerOne(call, jobResource(job));
		},
	},
];
