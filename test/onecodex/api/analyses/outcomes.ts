import { resultsOf } from '../../samples/results';
import type { StandInAnalysis } from '../../samples/types';
import { linkTo } from '../downloads';
import { ApiError } from '../errors';
import type { ApiAnswer, ApiCall, Route } from '../router';
import { SHELVES, visibleAnalysis } from './analyses';

/** @throws ApiError 404 while it runs, and when it failed. */
export function checkSucceeded({ complete, success }: StandInAnalysis): void {
	if (!complete || !success) throw new ApiError(404, 'The analysis has no results.');
}

const nameOf = (path: string): string => path.replace(/^.*\//, '');

function files(call: ApiCall, analysis: StandInAnalysis): ApiAnswer {
	const details = analysis.files.map(({ path, object }) => ({
		filename: nameOf(path),
		filepath: path,
		size: object.size,
		url: linkTo(call, object.key),
	}));
	return { status: 200, body: { files: details } };
}

/** Its last lines, as many as `tail` says. @throws ApiError 400, 404 */
function log({ url }: ApiCall, { log: text }: StandInAnalysis): ApiAnswer {
	const tail = url.searchParams.get('tail') ?? '0';
	if (!/^\d+$/.test(tail)) throw new ApiError(400, 'tail: a number of lines is required.');
	if (text === undefined) throw new ApiError(404, 'There are no logs.');
	return { status: 200, body: text.split('\n').slice(-Number(tail)).join('\n'), isText: true };
}

function results(_call: ApiCall, analysis: StandInAnalysis): ApiAnswer {
	checkSucceeded(analysis);
	return { status: 200, body: resultsOf(analysis) };
}

const WAYS = { results, file_details: files, logs: log };

/** What came of a run, under each of its names. */
export const outcomeRoutes: Route[] = SHELVES.flatMap((shelf) =>
	Object.entries(WAYS).map(([name, answer]) => ({
		method: 'GET',
		path: `/api/v1/${shelf.collection}/:id/${name}`,
		handle: (call: ApiCall) => answer(call, visibleAnalysis(call.state, shelf, call.params.id)),
	})),
);
