import { statusAnswer, unsuccessful } from '../faults/api';
import { deliver, type Exchange, intercept } from '../faults/inject';
import { RefusingServer } from '../faults/refusingServer';
import type { Answer } from '../http';
import { answerProblem, bodyProblem } from '../openapi/check';
import { recordRequest } from '../recorder';
import type { StandInState } from '../state';
import { accountRoutes } from './account';
import { analysisRoutes } from './analyses/analyses';
import { outcomeRoutes } from './analyses/outcomes';
import { tableRoutes } from './analyses/tables';
import { presentedKey } from './auth';
import { jsonObject, type JsonObject, parseJson, readBody } from './body';
import { documentRoutes } from './documents';
import { downloadRoutes } from './downloads';
import { ApiError, errorAnswer } from './errors';
import { jobRunRoutes } from './jobRuns';
import { jobRoutes } from './jobs';
import { metadataRoutes } from './metadata';
import { multipartUploadRoutes } from './multipartUploads';
import { projectMemberRoutes } from './projectMembers';
import { projectRoutes } from './projects';
import { type ApiAnswer, findRoute, type Route } from './router';
import { otherWayRoutes } from './samples/otherWays';
import { sampleRoutes } from './samples/samples';
import { sampleUploadRoutes } from './samples/uploads';
import { sharingRoutes } from './sharing';
import { tagRoutes } from './tags';
import { uploadRoutes } from './uploads';
import { userRoutes } from './users';

/** Literal paths before those with parameters. */
export const routes: Route[] = [
	...accountRoutes,
	...uploadRoutes,
	...multipartUploadRoutes,
	...documentRoutes,
	...sharingRoutes,
	...downloadRoutes,
	...userRoutes,
	...sampleUploadRoutes,
	...otherWayRoutes,
	...sampleRoutes,
	...metadataRoutes,
	...tagRoutes,
	...projectRoutes,
	...projectMemberRoutes,
	...jobRoutes,
	...jobRunRoutes,
	...analysisRoutes,
	...outcomeRoutes,
	...tableRoutes,
];

/** The API of One Codex; `uploadUrl` is where init_upload sends its clients. */
export function createApiServer(state: StandInState, uploadUrl: string): RefusingServer {
	async function answer(exchange: Exchange, admitted: boolean): Promise<ApiAnswer> {
		const { request, record, fault } = exchange;
		const json = parseJson(await readBody(request));
		record.body = json;
		if (!admitted) throw new ApiError(429, 'Rate limited.');
		if (fault?.kind === 'status') return statusAnswer(fault);

		const url = new URL(`http://stand-in${request.url}`);
		const { route, params } = findRoute(routes, record.method, url.pathname);
		const authenticated = presentedKey(request.headers) === state.settings.apiKey;
		if (!authenticated && !route.anonymous) {
			throw new ApiError(401, 'Valid authentication credentials are required.');
		}
		const handle = fault?.kind === 'successFalse' ? unsuccessful : route.handle;
		const answered = handle({
			state,
			uploadUrl,
			authenticated,
			url,
			params,
			headers: request.headers,
			json: () => allowedBody(route, jsonObject(request.headers['content-type'], json)),
		});
		return state.violations.checked(answered, answerProblem(route, answered));
	}

	const server = new RefusingServer((request, response) => {
		const record = recordRequest(state.requests, 'api', request, response);
		// Decided when the request comes, not when its body has: bodies may overtake each other.
		const admitted = state.rateLimiter.admit(presentedKey(request.headers));
		const fault = admitted ? state.faults.draw(record) : undefined;
		const exchange = { server, request, response, record, fault };
		if (intercept(exchange)) return;
		void answer(exchange, admitted)
			.catch(errorAnswer)
			.then((outcome) => deliver(exchange, serialise(outcome)));
	});
	return server;
}

/** @throws ApiError 400 that names what the API's description does not allow. */
function allowedBody(route: Route, json: JsonObject): JsonObject {
	const problem = bodyProblem(route, json);
	if (problem) throw new ApiError(400, problem);
	return json;
}

function serialise({ status, headers, body, isText }: ApiAnswer): Answer {
	if (body === undefined) return { status, headers };
	if (isText) {
		return { status, headers: { 'Content-Type': 'text/plain', ...headers }, body: String(body) };
	}
	return {
		status,
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify(body),
	};
}
