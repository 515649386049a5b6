import type { INodeProperties } from 'n8n-workflow';

import { ANALYSIS_COLLECTIONS } from '../../api/analysisTypes';
import { locator } from '../shared/locator';
import { showForResource } from '../shared/showFor';

/** The condition under which a field of these operations is shown. */
export const showFor = showForResource('analysis');

/** The analysis that an operation is about; after a step that gives one, nothing needs to be chosen. */
export const analysisPicker = (operation: string): INodeProperties => ({
	...locator(
		{
			displayName: 'Analysis',
			name: 'analysisId',
			displayOptions: showFor(operation),
			description:
				'The analysis, by its ID. By expression, <code>analysis_id</code>, <code>classification_id</code>, <code>$uri</code> or a <code>$ref</code> of an earlier step work as they are. Of a sample its primary classification is taken.',
		},
		'analyses',
		'searchAnalyses',
		ANALYSIS_COLLECTIONS,
	),
	default: { mode: 'id', value: '={{ $json.analysis_id ?? $json.classification_id }}' },
});
