import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { flag } from '../shared/flag';
import { checkEnded } from '../shared/standing';
import { timeoutOf, waitOptions } from '../shared/waitOptions';
import { TIMEOUT_MINUTES } from '../shared/waitUntil';
import { analysisJson } from './analysisJson';
import { standingOf, untilEnded } from './analysisState';
import { analysisPicker, showFor } from './fields';
import { perAnalysis } from './perAnalysis';

export const waitFields: INodeProperties[] = [analysisPicker('wait'), waitOptions(showFor)];

/** Waits for an analysis for every item, for all of them side by side. */
export async function wait(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = await perAnalysis(
		this,
		(parameter) => {
			const timeout = timeoutOf(parameter('options.timeout', TIMEOUT_MINUTES));
			const failOnFailure = flag(parameter('options.failOnFailure', true), 'Fail on Failure');
			return async (found, _details, signal) => {
				const analysis = await untilEnded(this, found, timeout, signal);
				if (failOnFailure) checkEnded(standingOf(analysis), 'analysis', timeout);
				return { json: analysisJson(analysis) };
			};
		},
		Infinity,
	);
	return [items];
}
