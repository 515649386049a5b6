import type { AnalysisAnswer } from '../../types';
import { idOfReference, isReferenceTo, isTextOrNull, objectOf, unexpected } from './shape';

export const ANALYSIS_STATES = ['running', 'succeeded', 'failed'] as const;

export type AnalysisState = (typeof ANALYSIS_STATES)[number];

/** @throws OneCodexError (service) when the answer is not an analysis as the API describes one */
export function analysisAnswer(answer: unknown): AnalysisAnswer {
	const analysis = objectOf(answer);
	const {
		$uri,
		created_at,
		complete = false,
		success = null,
		job = null,
		sample = null,
	} = analysis;
	const { analysis_type, updated_at, error_msg } = analysis;
	if (
		typeof $uri !== 'string' ||
		!/\/\w+\/\w{16}$/.test($uri) ||
		typeof created_at !== 'string' ||
		typeof complete !== 'boolean' ||
		!(success === null || typeof success === 'boolean') ||
		!(job === null || isReferenceTo('jobs', job)) ||
		!(sample === null || isReferenceTo('samples', sample)) ||
		![analysis_type, updated_at, error_msg].every(isTextOrNull)
	) {
		throw unexpected('for an analysis', '$uri, created_at, complete and the like');
	}
	return { ...(analysis as AnalysisAnswer), complete };
}

/** The ID of the analysis that a job was run as. @throws OneCodexError (service) */
export function runAnswer(answer: unknown): string {
	const id = idOfReference(answer);
	if (id !== null && /^\w{16}$/.test(id)) return id;
	throw unexpected('for the run of a job', 'the analysis that it is');
}

/** Whether it is complete counts first: an old one that runs has `success: true` already. */
export function stateOf({ complete, success }: AnalysisAnswer): AnalysisState {
	if (!complete) return 'running';
	return success ? 'succeeded' : 'failed';
}
