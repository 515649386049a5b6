import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { toolDescriptions } from '../shared/toolDescriptions';
import { downloadFiles, downloadFilesFields } from './downloadFiles';
import { showFor } from './fields';
import { get, getFields } from './get';
import { getAll, getAllFields } from './getAll';
import { getResults, getResultsFields } from './getResults';
import { run, runFields } from './run';
import { wait, waitFields } from './wait';

/** What routing cannot express; see each operation. */
export const analysisOperations = { downloadFiles, get, getAll, getResults, run, wait };

/**
 * The operations of the resource `analysis`; their names are saved in workflows. The descriptions are
 * read by people, and by models that have the node as a tool.
 */
const operations: INodePropertyOptions[] = [
	{
		name: 'Get Results',
		value: 'getResults',
		action: 'Get the results of an analysis',
		description:
			'Get what an analysis found, by its analysis ID, or by a sample ID for what is in the sample: of a classification organisms with rank, reads and abundance, filtered by rank, name, reads or abundance. A model gets 25 rows, the highest first, unless Top says otherwise.',
	},
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many analyses',
		description:
			'List analyses, newest first, with their IDs, types and states (running, succeeded or failed) and the IDs of job and sample; filtered by type, sample ID, job ID, state or creation time',
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get an analysis',
		description:
			'Get the type, state, error message, times, job and sample of one analysis, by its analysis ID; of a sample ID that of its primary classification',
	},
	{
		name: 'Wait',
		value: 'wait',
		action: 'Wait for an analysis',
		description:
			'Wait until an analysis has ended, by its analysis ID, and give back how it is then',
	},
	{
		name: 'Download Files',
		value: 'downloadFiles',
		action: 'Download the files of an analysis',
		description:
			'Fetch the files that an analysis wrote, by its analysis ID, for the next node of the workflow; one item for each file',
	},
	{
		name: 'Run Job',
		value: 'run',
		action: 'Run a job on a sample',
		description:
			'Run a job, by its job ID, on a sample, by its sample ID, with arguments as JSON. It can cost your account money each time. Gives back the new analysis, with its analysis ID.',
	},
];

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['analysis'] } },
	options: operations,
	default: 'getResults',
};

export const analysisDescription: INodeProperties[] = [
	operation,
	...toolDescriptions(operation, showFor),
	...getFields,
	...getAllFields,
	...getResultsFields,
	...waitFields,
	...runFields,
	...downloadFilesFields,
];
