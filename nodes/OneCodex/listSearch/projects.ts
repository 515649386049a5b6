import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { idOfReference, objectOf, unexpected } from '../api/answers/shape';
import { listPage } from '../api/pages';
import { PROJECTS_PATH } from '../api/paths';

/** @throws OneCodexError (service) when the answer is not a project as the API describes one */
function projectAnswer(answer: unknown) {
	const { $uri, name, project_name } = objectOf(answer);
	if (typeof $uri === 'string' && /\/projects\/\w{16}$/.test($uri))
		return { $uri, name, project_name };
	throw unexpected('for a project', '$uri');
}

/** The account's projects for a picker, by a part of their name. */
export async function searchProjects(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const first = {
		path: PROJECTS_PATH,
		qs: {
			sort: JSON.stringify({ name: false }),
			...(filter?.trim() && { where: JSON.stringify({ name: { $icontains: filter.trim() } }) }),
		},
	};
	const { entries, next } = await listPage(this, paginationToken ?? first, projectAnswer);
	return {
		results: entries.map((project) => {
			const value = String(idOfReference(project));
			return { name: String(project.name ?? project.project_name ?? `Project ${value}`), value };
		}),
		paginationToken: next,
	};
}
