import type { ProjectAnswer } from '../../types';
import { isTextOrNull, objectOf, unexpected } from './shape';

/** @throws OneCodexError (service) when the answer is not a project as the API describes one */
export function projectAnswer(answer: unknown): ProjectAnswer {
	const project = objectOf(answer);
	const { $uri, name, project_name } = project;
	if (
		typeof $uri === 'string' &&
		/\/projects\/\w{16}$/.test($uri) &&
		[name, project_name].every(isTextOrNull)
	) {
		return project as ProjectAnswer;
	}
	throw unexpected('for a project', '$uri, name and project_name');
}
