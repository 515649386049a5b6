import type { IExecuteFunctions } from 'n8n-workflow';

import { analysisAnswer } from '../../api/answers/analysis';
import { sampleAnswer } from '../../api/answers/sample';
import { idOfReference } from '../../api/answers/shape';
import { analysisPath, samplePath } from '../../api/paths';
import { apiRequest, defaultSettings } from '../../api/request';
import { isNotFound } from '../../errors/notFound';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import type { AnalysisAnswer, FileDetails, SampleAnswer } from '../../types';

/** An analysis by its ID. @throws OneCodexError */
export async function readAnalysis(
	context: IExecuteFunctions,
	id: string,
	signal: AbortSignal,
): Promise<AnalysisAnswer> {
	const settings = { ...defaultSettings(context), signal };
	const request = { method: 'GET', path: analysisPath(id) } as const;
	return await apiRequest(context, request, settings, analysisAnswer);
}

/**
 * The analysis that an item names, or the primary classification of the sample that it names: by
 * its bare ID a sample is told from an analysis only when One Codex knows no such analysis.
 *
 * @param details `analysis_id` or `sample_id`; gets the ID of the analysis that was found
 * @throws OneCodexError
 */
export async function findAnalysis(
	context: IExecuteFunctions,
	details: FileDetails,
	signal: AbortSignal,
): Promise<AnalysisAnswer> {
	const { analysis_id, sample_id } = details;
	if (analysis_id === undefined) {
		const sample = await readSample(context, String(sample_id), signal);
		return await classificationOf(context, sample, details, signal);
	}
	try {
		return await readAnalysis(context, analysis_id, signal);
	} catch (cause) {
		const error = requestError(cause);
		if (!isNotFound(error)) throw error;
		// What its looking up fails with tells nothing of the analysis that was asked for.
		const sample = await readSample(context, analysis_id, signal).catch(() => undefined);
		signal.throwIfAborted();
		if (!sample) throw error;
		Object.assign(details, { sample_id: analysis_id, analysis_id: undefined });
		return await classificationOf(context, sample, details, signal);
	}
}

async function readSample(
	context: IExecuteFunctions,
	id: string,
	signal: AbortSignal,
): Promise<SampleAnswer> {
	const settings = { ...defaultSettings(context), signal };
	return await apiRequest(context, { method: 'GET', path: samplePath(id) }, settings, sampleAnswer);
}

async function classificationOf(
	context: IExecuteFunctions,
	{ primary_classification }: SampleAnswer,
	details: FileDetails,
	signal: AbortSignal,
): Promise<AnalysisAnswer> {
	const id = idOfReference(primary_classification);
	if (id === null) {
		throw new OneCodexError('service', 'The sample has no classification yet', {
			description: 'Wait for it with Sample: Wait, or look at the sample in One Codex.',
		});
	}
	details.analysis_id = id;
	return await readAnalysis(context, id, signal);
}
