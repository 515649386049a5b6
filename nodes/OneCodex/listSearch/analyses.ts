import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { typeOfPath } from '../api/analysisTypes';
import { analysisAnswer, stateOf } from '../api/answers/analysis';
import { sampleAnswer } from '../api/answers/sample';
import { idOfReference, isText, objectOf } from '../api/answers/shape';
import { toPartOfSampleFileName } from '../api/fileName';
import { listPage, pageOf } from '../api/pages';
import { ANALYSES_PATH, SAMPLES_PATH } from '../api/paths';
import { listQuery } from '../api/query';
import type { AnalysisAnswer } from '../types';
import { typedPart } from './typedPart';

/** What goes into one query: each `$ref` has about 60 characters in an address. */
const MOST_SAMPLES = 50;

/**
 * The account's analyses for a picker, newest first. They have no name, so they are found by a part
 * of their sample's file name, and shown with it and their job's: the newest samples that match count.
 */
export async function searchAnalyses(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	let page: Parameters<typeof listPage>[1] | undefined = paginationToken;
	if (!page) {
		const part = typedPart(filter, toPartOfSampleFileName);
		if (part === undefined) return { results: [] };
		const samples = part ? await samplesNamed(this, part) : undefined;
		if (samples?.length === 0) return { results: [] };
		const where = samples ? { sample: { $in: samples } } : {};
		const qs = { ...listQuery({ where, sort: { created_at: true } }), expand: 'all' };
		page = { path: ANALYSES_PATH, qs };
	}
	const { entries, next } = await listPage(this, page, analysisAnswer);
	return {
		results: entries.map((analysis) => ({
			name: nameOf(analysis),
			value: String(idOfReference(analysis)),
		})),
		paginationToken: next,
	};
}

async function samplesNamed(context: ILoadOptionsFunctions, part: string) {
	const query = listQuery({
		where: { filename: { $icontains: part } },
		sort: { created_at: true },
	});
	const page = { path: SAMPLES_PATH, qs: { ...query, per_page: MOST_SAMPLES }, isByCursor: true };
	const { entries } = await pageOf(context, page, sampleAnswer);
	return entries.map(({ $uri }) => ({ $ref: $uri }));
}

/** As far as the references came expanded. */
function nameOf(analysis: AnalysisAnswer): string {
	const { filename } = objectOf(analysis.sample);
	const { name: job } = objectOf(analysis.job);
	const type = analysis.analysis_type ?? typeOfPath(analysis.$uri) ?? 'Analysis';
	const what = [filename, isText(job) ? job : type].filter(isText).join(': ');
	return `${what} (${stateOf(analysis)}, ${analysis.created_at.slice(0, 10)})`;
}
