import { writtenFiles } from '../samples/seeds';
import type { JsonObject } from './body';
import { ApiError } from './errors';
import { idIn, refTo } from './links';
import { ownSample } from './rights';
import type { Route } from './router';

/** What the job's own schema wants and does not get. @throws ApiError 400 */
function checkArguments(schema: JsonObject, given: JsonObject): void {
	const { required = [], properties } = schema as { required?: string[]; properties?: JsonObject };
	const missing = required.find((name) => !Object.hasOwn(given, name));
	if (missing !== undefined) throw new ApiError(400, `job_args.${missing} is required.`);
	const unknown = Object.keys(given).find((name) => properties && !Object.hasOwn(properties, name));
	if (unknown !== undefined) throw new ApiError(400, `job_args.${unknown} is unknown.`);
}

export const jobRunRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/jobs/:id/run',
		handle: ({ state, params, json }) => {
			const { library } = state;
			const job = library.jobs.find(({ id }) => id === params.id);
			if (!job) throw new ApiError(404, 'The job was not found.');
			const { sample: reference, job_args: given } = json();
			const sample = ownSample(state, idIn(reference));
			if (sample.status !== 'available') throw new ApiError(400, 'The sample is not available.');
			const jobArgs = (given ?? {}) as JsonObject;
			checkArguments(job.argumentsSchema, jobArgs);
			const analysis = library.startAnalysis({ sampleId: sample.id, jobId: job.id, jobArgs });
			const steps = state.stepsOfRun(analysis);
			const { results, log, files } = steps;
			Object.assign(analysis, { results, log, files: writtenFiles(state, files) });
			library.walk(analysis, steps);
			return { status: 200, body: refTo('analyses', analysis.id) };
		},
	},
];
