import type { ApiAnswer } from './router';

/** An error of the API: `{"message", "status"}` as JSON, under that status. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** For 429 the API has a body of its own, whatever the error's message. */
export function errorAnswer(error: unknown): ApiAnswer {
	const status = error instanceof ApiError ? error.status : 500;
	if (status === 429) return { status, body: { msg: 'Rate limited.', status } };
	return { status, body: { message: error instanceof Error ? error.message : 'Error', status } };
}
