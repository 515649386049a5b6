import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { documentAnswer } from '../api/answers/document';
import { toPartOfFileName } from '../api/fileName';
import { documentId } from '../api/ids';
import { listPage } from '../api/pages';
import { DOCUMENTS_PATH } from '../api/paths';
import { listQuery } from '../api/query';
import { fileEntry } from './fileEntry';
import { typedPart } from './typedPart';

/** The account's documents for a picker, newest first, by a part of their name. */
export async function searchDocuments(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const part = typedPart(filter, toPartOfFileName);
	if (part === undefined) return { results: [] };
	const first = {
		path: DOCUMENTS_PATH,
		qs: listQuery({
			where: part ? { filename: { $icontains: part } } : {},
			sort: { created_at: true },
		}),
	};
	const { entries, next } = await listPage(this, paginationToken ?? first, documentAnswer);
	return {
		results: entries.map(({ $uri, filename, size, created_at }) =>
			fileEntry({ name: filename, size, created_at, id: documentId($uri) }),
		),
		paginationToken: next,
	};
}
