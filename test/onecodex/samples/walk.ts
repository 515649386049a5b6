import type { SampleSteps } from './types';

/** Why an analysis failed, as recorded. */
export const UNPROCESSED = 'We were unable to process this file.';

/** Where a sample is on its way; `available`, `classifying` and `classified` are all `available` to the API. */
export type Stage =
	| 'awaiting_data'
	| 'importing'
	| 'validating'
	| 'failed_validation'
	| 'available'
	| 'classifying'
	| 'classified';

/** The stage after this one; undefined for the last ones, and for one that a client has to end. */
export function stageAfter(stage: Stage, { fails }: SampleSteps): Stage | undefined {
	switch (stage) {
		case 'importing':
			return 'validating';
		case 'validating':
			return fails === 'validation' ? 'failed_validation' : 'available';
		case 'available':
			return 'classifying';
		case 'classifying':
			return 'classified';
		default:
			return undefined;
	}
}

/** Milliseconds that the stage takes. */
export function timeOf(stage: Stage, steps: SampleSteps): number {
	const { importing = 0, validating = 0, queued = 0, classifying = 0 } = steps;
	const times: Partial<Record<Stage, number>> = {
		importing,
		validating,
		available: queued,
		classifying,
	};
	return times[stage] ?? Infinity;
}
