import type { IDataObject } from 'n8n-workflow';

/** What a list is asked for, as One Codex takes it: JSON in the query. */
export function listQuery({ where = {}, sort }: { where?: IDataObject; sort?: IDataObject }) {
	return {
		...(sort && { sort: JSON.stringify(sort) }),
		...(Object.keys(where).length && { where: JSON.stringify(where) }),
	};
}
