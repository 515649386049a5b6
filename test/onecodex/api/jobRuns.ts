import { Validator } from '@cfworker/json-schema';
import { writtenFiles } from '../samples/seeds';
import type { JsonObject } from './body';
import { ApiError } from './errors';
import { idIn, refTo } from './links';
import { ownSample } from './rights';
import type { Route } from './router';

interface Group {
	properties?: Record<string, { default?: unknown }>;
}

/** What arguments a job takes: its schema has them itself, or in groups among its definitions. */
function propertiesOf(schema: Group & { definitions?: Record<string, Group> }) {
	const groups = [schema, ...Object.values(schema.definitions ?? {})];
	return Object.assign({}, ...groups.map(({ properties }) => properties)) as NonNullable<
		Group['properties']
	>;
}

/** The arguments with the defaults of those that are left out. @throws ApiError 400 for wrong ones */
function checkedArguments(schema: JsonObject, given: JsonObject, fillsIn: boolean): JsonObject {
	const properties = propertiesOf(schema);
	const names = Object.keys(properties);
	const unknown = Object.keys(given).find((name) => names.length && !names.includes(name));
	if (unknown !== undefined) throw new ApiError(400, `job_args.${unknown} is unknown.`);
	const defaults = Object.entries(properties)
		.filter(([, { default: value }]) => fillsIn && value !== undefined)
		.map(([name, { default: value }]) => [name, value]);
	const whole = { ...(Object.fromEntries(defaults) as JsonObject), ...given };
	const { valid, errors } = new Validator(schema, '2020-12').validate(whole);
	if (valid) return whole;
	const { instanceLocation, error } = errors.at(-1)!;
	throw new ApiError(400, `job_args${instanceLocation.replace('#', '')}: ${error}`);
}

export const jobRunRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/jobs/:id/run',
		handle: ({ state, params, json }) => {
			const { library } = state;
			const job = library.jobs.find(({ id }) => id === params.id);
			if (!job) throw new ApiError(404, 'The job was not found.');
			const { sample: reference, job_args: given, populate_default_arguments: fillsIn } = json();
			const sample = ownSample(state, idIn(reference));
			if (sample.status !== 'available') throw new ApiError(400, 'The sample is not available.');
			const jobArgs = checkedArguments(
				job.argumentsSchema,
				(given ?? {}) as JsonObject,
				fillsIn !== false,
			);
			const analysis = library.startAnalysis({ sampleId: sample.id, jobId: job.id, jobArgs });
			const steps = state.stepsOfRun(analysis);
			const { results, log, files } = steps;
			Object.assign(analysis, { results, log, files: writtenFiles(state, files) });
			library.walk(analysis, steps);
			return { status: 200, body: refTo('analyses', analysis.id) };
		},
	},
];
