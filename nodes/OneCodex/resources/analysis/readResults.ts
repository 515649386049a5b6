import type { IExecuteFunctions } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import { analysisPath } from '../../api/paths';
import { apiRequest, defaultSettings } from '../../api/request';
import { isNotFound } from '../../errors/notFound';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import type { AnalysisAnswer } from '../../types';
import { checkSucceeded } from './analysisState';
import { readAnalysis } from './findAnalysis';

/** A classification has half a megabyte; a functional profile may have hundreds of thousands of rows. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The results of an analysis, as One Codex gives them: what is in them is for its type to say.
 *
 * @throws OneCodexError where it has none: it runs, or failed
 */
export async function readResults(
	context: IExecuteFunctions,
	analysis: AnalysisAnswer,
	signal: AbortSignal,
): Promise<unknown> {
	checkSucceeded(analysis);
	const id = String(idOfReference(analysis));
	const path = `${analysisPath(id)}/results`;
	const settings = { ...defaultSettings(context), signal };
	const request = { method: 'GET', path, mostBytes: MOST_BYTES } as const;
	return await apiRequest(context, request, settings, (results) => results).catch(
		async (cause: unknown) => {
			const error = requestError(cause);
			if (!isNotFound(error)) throw error;
			// It may have been begun anew in between.
			checkSucceeded(await readAnalysis(context, id, signal));
			throw noResults();
		},
	);
}

function noResults(): OneCodexError {
	return new OneCodexError('service', 'The analysis has no results', {
		httpCode: 404,
		description:
			'It succeeded, but wrote none for the API: a workflow has results where it writes a file results.json. Analysis: Download Files has what it wrote.',
	});
}
