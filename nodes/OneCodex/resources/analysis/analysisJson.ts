import type { IDataObject } from 'n8n-workflow';

import { typeOfPath } from '../../api/analysisTypes';
import { stateOf } from '../../api/answers/analysis';
import { idOfReference } from '../../api/answers/shape';
import type { AnalysisAnswer } from '../../types';

/** An analysis as One Codex gives it, with its ID and its state in front. */
export function analysisJson(analysis: AnalysisAnswer): IDataObject {
	return { analysis_id: idOfReference(analysis), state: stateOf(analysis), ...analysis };
}

/** The same with plain values only, each ID in place of what names it. */
export function simpleAnalysisJson(analysis: AnalysisAnswer): IDataObject {
	const { complete, success = null, error_msg = null, created_at, updated_at = null } = analysis;
	return {
		analysis_id: idOfReference(analysis),
		analysis_type: analysis.analysis_type ?? typeOfPath(analysis.$uri) ?? null,
		state: stateOf(analysis),
		complete,
		success,
		error_msg,
		created_at,
		updated_at,
		job_id: idOfReference(analysis.job),
		sample_id: idOfReference(analysis.sample),
	};
}
