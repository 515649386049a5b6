/** An error of the API: `{"message", "status"}` as JSON, under that status. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}
