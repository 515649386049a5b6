import type { IExecuteFunctions } from 'n8n-workflow';

import { stateOf } from '../../api/answers/analysis';
import { idOfReference } from '../../api/answers/shape';
import { OneCodexError } from '../../errors/oneCodexError';
import { shortText } from '../../http/shortText';
import type { AnalysisAnswer } from '../../types';
import type { Standing } from '../shared/standing';
import { waitUntil } from '../shared/waitUntil';
import { readAnalysis } from './findAnalysis';

/** How an analysis stands, in words. */
export function standingOf(analysis: AnalysisAnswer): Standing {
	const state = stateOf(analysis);
	if (state === 'running') return { isOver: false, how: 'it still runs' };
	if (state === 'succeeded') return { isOver: true, how: 'it succeeded' };
	const said = shortText(analysis.error_msg);
	return {
		isOver: true,
		how: 'it failed',
		failure: {
			message: `The analysis failed${said ? `: ${said}` : ''}`,
			description:
				'One Codex may try it again by itself, and then it may still succeed. Look at the analysis in One Codex.',
		},
	};
}

/** @throws OneCodexError (service) for one that runs or failed, and so has no results */
export function checkSucceeded(analysis: AnalysisAnswer): void {
	const { isOver, failure } = standingOf(analysis);
	if (failure) throw new OneCodexError('service', failure.message, failure);
	if (isOver) return;
	throw new OneCodexError('service', 'The analysis still runs', {
		description:
			'Put Analysis: Wait before this step, or after an upload Sample: Wait. Or run it again a little later.',
	});
}

/**
 * An analysis as it is at its end, or when the time is over.
 *
 * @param found as it is now
 * @param timeout milliseconds
 * @throws OneCodexError where it cannot be looked at
 */
export async function untilEnded(
	context: IExecuteFunctions,
	found: AnalysisAnswer,
	timeout: number,
	signal: AbortSignal,
): Promise<AnalysisAnswer> {
	let first: AnalysisAnswer | undefined = found;
	const look = async () => {
		const analysis = first ?? (await readAnalysis(context, String(idOfReference(found)), signal));
		first = undefined;
		return analysis;
	};
	return await waitUntil(look, (analysis) => standingOf(analysis).isOver, timeout, signal);
}
