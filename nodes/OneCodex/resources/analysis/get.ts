import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { analysisJson } from './analysisJson';
import { analysisPicker } from './fields';
import { perAnalysis } from './perAnalysis';

export const getFields: INodeProperties[] = [analysisPicker('get')];

/** Reads an analysis for every item. */
export async function get(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = await perAnalysis(
		this,
		() => async (analysis) => await Promise.resolve({ json: analysisJson(analysis) }),
	);
	return [items];
}
