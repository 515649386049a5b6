import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ANALYSIS_STATES, type AnalysisState } from '../../api/answers/analysis';
import { jobId, sampleId } from '../../api/ids';
import { jobPath, samplePath } from '../../api/paths';
import { choice } from '../shared/choice';
import { createdFilters, createdWhere, filtersField, namesOf } from '../shared/filters';
import { jobPicker, optional, samplePicker } from '../shared/pickers';
import { givenFilters, isGiven } from '../shared/where';
import { showFor } from './fields';

export const analysisFilters: INodeProperties = filtersField(showFor, [
	...createdFilters('analyses'),
	optional(jobPicker()),
	optional(samplePicker()),
	{
		displayName: 'State',
		name: 'state',
		type: 'options',
		options: [
			{ name: 'Failed', value: 'failed', description: 'Complete, and without results' },
			{ name: 'Running', value: 'running', description: 'Not complete yet' },
			{ name: 'Succeeded', value: 'succeeded', description: 'Complete, and with results' },
		],
		default: 'succeeded',
		description: 'Only analyses in this state',
	},
]);

const FILTER_NAMES = namesOf(analysisFilters);

const STATE_WHERE: Record<AnalysisState, IDataObject> = {
	running: { complete: false },
	succeeded: { complete: true, success: true },
	failed: { complete: true, success: false },
};

/**
 * One Codex's `where` for these filters; {} for none.
 *
 * @param timezone that of dates that name none
 * @throws OneCodexError (input) that names the filter
 */
export function whereOf(filters: unknown, timezone: string): IDataObject {
	const given = givenFilters(filters, FILTER_NAMES);
	const { jobId: job, sampleId: sample, state } = given;
	return {
		...(isGiven(job) && { job: { $ref: jobPath(jobId(job)) } }),
		...(isGiven(sample) && { sample: { $ref: samplePath(sampleId(sample)) } }),
		...(isGiven(state) && STATE_WHERE[choice(state, ANALYSIS_STATES, 'State')]),
		...createdWhere(given, timezone),
	};
}
