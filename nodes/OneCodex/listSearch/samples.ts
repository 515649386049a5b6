import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { sampleAnswer } from '../api/answers/sample';
import { idOfReference } from '../api/answers/shape';
import { toPartOfSampleFileName } from '../api/fileName';
import { listPage } from '../api/pages';
import { SAMPLES_PATH } from '../api/paths';
import { listQuery } from '../api/query';
import { fileEntry } from './fileEntry';
import { typedPart } from './typedPart';

/** The account's samples for a picker, newest first, by a part of their file name. */
export async function searchSamples(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const part = typedPart(filter, toPartOfSampleFileName);
	if (part === undefined) return { results: [] };
	const first = {
		path: SAMPLES_PATH,
		qs: listQuery({
			where: part ? { filename: { $icontains: part } } : {},
			sort: { created_at: true },
		}),
		isByCursor: true,
	};
	const { entries, next } = await listPage(this, paginationToken ?? first, sampleAnswer);
	return {
		results: entries.map((sample) =>
			fileEntry({
				name: sample.filename ?? 'Sample without a file',
				size: sample.size ?? null,
				created_at: sample.created_at,
				id: String(idOfReference(sample)),
			}),
		),
		paginationToken: next,
	};
}
