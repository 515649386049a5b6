import { ApiError } from '../errors';
import { answerOne } from '../query';
import { sampleResource } from '../resources';
import type { Route } from '../router';
import { createSample } from './creation';

const NAME = /^[\w.]+[\w\-.[\](){} ]*\.[\w.]+$/;

/** The name of the file at a URL. @throws ApiError 400 */
function filenameAt(name: string, value: unknown): string {
	let url: URL | undefined;
	try {
		url = new URL(String(value));
	} catch {
		// What it says is answered below.
	}
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw new ApiError(400, `${name}: an http or https URL is required.`);
	}
	const filename = decodeURIComponent(url.pathname.replace(/^.*\//, ''));
	if (!NAME.test(filename)) throw new ApiError(400, `${name}: it names no file.`);
	return filename;
}

/** Samples without an upload: before their file, or of one that the service is to fetch. */
export const otherWayRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/samples/preupload',
		handle: ({ state, json }) => ({
			status: 200,
			body: { sample_id: createSample(state, json()).id },
		}),
	},
	{
		method: 'POST',
		path: '/api/v1/samples/import',
		// Nothing is fetched here: a test that wants to see bytes uploads them.
		handle: (call) => {
			const { state, json } = call;
			const body = json();
			const filename = filenameAt('uri', body.uri);
			const paired = body.paired_uri == null ? null : filenameAt('paired_uri', body.paired_uri);
			const sample = createSample(state, body);
			Object.assign(sample, { filename, pairedEndFilename: paired });
			sample.urls.push(...[body.uri, body.paired_uri].flatMap((url) => url ?? []).map(String));
			sample.arrive(state.stepsOf(sample));
			return answerOne(call, sampleResource(sample));
		},
	},
];
