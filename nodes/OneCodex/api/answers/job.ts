import { isObject, type JobAnswer } from '../../types';
import { isTextOrNull, objectOf, unexpected } from './shape';

/** @throws OneCodexError (service) when the answer is not a job as the API describes one */
export function jobAnswer(answer: unknown): JobAnswer {
	const job = objectOf(answer);
	const { $uri, name, analysis_type, created_at, job_args_schema = {} } = job;
	if (
		typeof $uri === 'string' &&
		/\/jobs\/\w{16}$/.test($uri) &&
		typeof name === 'string' &&
		[analysis_type, created_at].every(isTextOrNull) &&
		(job_args_schema === null || isObject(job_args_schema))
	) {
		return job as JobAnswer;
	}
	throw unexpected('for a job', '$uri, name, analysis_type and the like');
}
