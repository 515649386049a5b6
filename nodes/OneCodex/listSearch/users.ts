import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { userAnswer } from '../api/answers/user';
import { userId } from '../api/ids';
import { listPage } from '../api/pages';
import { USERS_PATH } from '../api/paths';

/** Pages looked through for a search that finds nobody, before the editor asks for more. */
const MOST_PAGES = 5;

/**
 * The users that the account sees, for a picker. One Codex filters e-mail addresses by the whole
 * of them only, so a part of one is looked for here.
 */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter.toLowerCase();
	let page: Parameters<typeof listPage>[1] = paginationToken ?? { path: USERS_PATH, qs: {} };
	for (let pages = 1; ; pages++) {
		const { entries, next } = await listPage(this, page, userAnswer);
		const found = entries.filter(({ email }) => (email ?? '').toLowerCase().includes(wanted));
		if (found.length || !next || pages === MOST_PAGES) {
			const results = found.map(({ $uri, email }) => ({
				name: email ?? `User ${userId($uri)}`,
				value: userId($uri),
			}));
			return { results, paginationToken: next };
		}
		page = next;
	}
}
