import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ANALYSIS_TYPES } from '../OneCodex/resources/shared/analysisTypes';
import { optional, projectPicker } from '../OneCodex/resources/shared/pickers';

/** Filters of a sample, be it that of an analysis. */
const OF_SAMPLE = ['filename', 'projectId', 'tag'];

/** The filters that each event knows. */
const OF_EVENT = {
	analysisFailed: ['analysisType', ...OF_SAMPLE],
	analysisSucceeded: ['analysisType', ...OF_SAMPLE],
	documentUploaded: ['filename'],
	sampleAvailable: OF_SAMPLE,
	sampleFailed: OF_SAMPLE,
};

/** As it is saved in workflows. */
export type EventName = keyof typeof OF_EVENT;

export const EVENT_NAMES = Object.keys(OF_EVENT) as EventName[];

export const filtersOf = (event: EventName): string[] => OF_EVENT[event];

const showFor = (filter: string): INodeProperties['displayOptions'] => ({
	show: {
		'/event': Object.entries(OF_EVENT)
			.filter(([, filters]) => filters.includes(filter))
			.map(([event]) => event),
	},
});

const filters: INodeProperties[] = [
	{
		displayName: 'Analysis Type',
		name: 'analysisType',
		type: 'options',
		options: ANALYSIS_TYPES,
		default: 'classification',
		displayOptions: showFor('analysisType'),
		description: 'Only analyses of this type',
	},
	{
		displayName: 'File Name Contains',
		name: 'filename',
		type: 'string',
		default: '',
		placeholder: 'e.g. stool',
		displayOptions: showFor('filename'),
		description: 'Only where the file name has this in it, in capital or small letters',
	},
	{
		...optional(projectPicker(showFor('projectId'))),
		description: 'Only where the sample is in this project',
	},
	{
		displayName: 'Tag',
		name: 'tag',
		type: 'string',
		default: '',
		placeholder: 'e.g. urgent',
		displayOptions: showFor('tag'),
		description: 'Only where the sample has this tag, by its name',
	},
];

/** As the editor has them. */
export const FILTER_NAMES = Object.fromEntries(
	filters.map(({ name, displayName }) => [name, displayName]),
);

/** In the order of use: n8n's panel shows them so. */
const EVENTS: INodePropertyOptions[] = [
	{
		name: 'Sample Available',
		value: 'sampleAvailable',
		description: 'One Codex has read the files of a sample and found them good',
	},
	{
		name: 'Sample Failed',
		value: 'sampleFailed',
		description: 'One Codex could not use the files of a sample',
	},
	{
		name: 'Analysis Succeeded',
		value: 'analysisSucceeded',
		description: 'The results of an analysis are there',
	},
	{
		name: 'Analysis Failed',
		value: 'analysisFailed',
		description: 'An analysis has come to an end without results',
	},
	{
		name: 'Document Uploaded',
		value: 'documentUploaded',
		description: 'A document was uploaded, and its upload confirmed',
	},
];

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: EVENTS,
		default: 'sampleAvailable',
		description: 'What the workflow starts for',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: filters,
	},
];
