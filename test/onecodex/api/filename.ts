import { ApiError } from './errors';

const FILENAME = /^[A-Za-z0-9._-]+$/;

/** The rule for names, as init_upload's description states it. @throws ApiError 400 */
export function checkedFilename(value: unknown): string {
	if (typeof value !== 'string' || !FILENAME.test(value)) {
		throw new ApiError(
			400,
			'filename: only letters, digits, dashes, underscores and periods are allowed.',
		);
	}
	return value;
}
