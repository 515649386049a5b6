import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { projectAnswer } from '../api/answers/project';
import { idOfReference } from '../api/answers/shape';
import { listPage } from '../api/pages';
import { PROJECTS_PATH } from '../api/paths';
import { byName } from './byName';

/** The account's projects for a picker, by a part of their name. */
export async function searchProjects(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const first = {
		path: PROJECTS_PATH,
		qs: byName(filter),
	};
	const { entries, next } = await listPage(this, paginationToken ?? first, projectAnswer);
	return {
		results: entries.map((project) => {
			const value = String(idOfReference(project));
			return { name: project.name ?? project.project_name ?? `Project ${value}`, value };
		}),
		paginationToken: next,
	};
}
