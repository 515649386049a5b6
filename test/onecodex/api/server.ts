import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Answer, send } from '../http';
import { recordRequest } from '../recorder';
import type { StandInState } from '../state';
import type { RecordedRequest } from '../types';
import { accountRoutes } from './account';
import { presentedKey } from './auth';
import { jsonObject, parseJson, readBody } from './body';
import { documentRoutes } from './documents';
import { ApiError } from './errors';
import { type ApiAnswer, findRoute, type Route } from './router';
import { uploadRoutes } from './uploads';

const routes: Route[] = [...accountRoutes, ...uploadRoutes, ...documentRoutes];

/** The API of One Codex; `uploadUrl` is where init_upload sends its clients. */
export function createApiServer(state: StandInState, uploadUrl: string): Server {
	async function answer(request: IncomingMessage, record: RecordedRequest): Promise<ApiAnswer> {
		const apiKey = presentedKey(request.headers);
		// Decided when the request comes, not when its body has: bodies may overtake each other.
		const admitted = state.rateLimiter.admit(apiKey);
		const json = parseJson(await readBody(request));
		record.body = json;
		if (!admitted) return { status: 429, body: { msg: 'Rate limited.', status: 429 } };

		const url = new URL(`http://stand-in${request.url}`);
		const { route, params } = findRoute(routes, record.method, url.pathname);
		const authenticated = apiKey === state.settings.apiKey;
		if (!authenticated && !route.anonymous) {
			throw new ApiError(401, 'Valid authentication credentials are required.');
		}
		return route.handle({
			state,
			uploadUrl,
			authenticated,
			url,
			params,
			json: () => jsonObject(request.headers['content-type'], json),
		});
	}

	return createServer((request, response) => {
		const record = recordRequest(state.requests, 'api', request, response);
		void answer(request, record)
			.catch(errorAnswer)
			.then((outcome) => {
				record.status = outcome.status;
				send(request, response, serialise(outcome));
			});
	});
}

function errorAnswer(error: unknown): ApiAnswer {
	const status = error instanceof ApiError ? error.status : 500;
	return { status, body: { message: error instanceof Error ? error.message : 'Error', status } };
}

function serialise({ status, headers, body }: ApiAnswer): Answer {
	if (body === undefined) return { status, headers };
	return {
		status,
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify(body),
	};
}
