import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { jobAnswer } from '../api/answers/job';
import { idOfReference } from '../api/answers/shape';
import { listPage } from '../api/pages';
import { JOBS_PATH } from '../api/paths';
import { byName } from './byName';

/**
 * The jobs that the account sees, for a picker, by a part of their name. A new version of a job is
 * another one of the same name, so type and date are in the name, too.
 */
export async function searchJobs(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const first = {
		path: JOBS_PATH,
		qs: byName(filter),
	};
	const { entries, next } = await listPage(this, paginationToken ?? first, jobAnswer);
	return {
		results: entries.map((job) => {
			const known = [job.analysis_type, job.created_at?.slice(0, 10)].filter(Boolean);
			const name = known.length ? `${job.name} (${known.join(', ')})` : job.name;
			return { name, value: String(idOfReference(job)) };
		}),
		paginationToken: next,
	};
}
