import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { LIBRARY_TYPES, PLATFORMS, SAMPLE_TYPES } from './metadataValues';

const optionsOf = (values: string[]): INodePropertyOptions[] =>
	values.map((value) => ({ name: value, value }));

/** What One Codex keeps about a sample; to be given its displayOptions. */
export const metadataField: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Custom Fields',
			name: 'custom',
			type: 'assignmentCollection',
			default: {},
			description:
				'Fields of your own, each with a plain value. By expression, an object such as <code>{ "ward": "ICU 2" }</code> works too.',
		},
		{
			displayName: 'Date Collected',
			name: 'dateCollected',
			type: 'dateTime',
			default: '',
			description: 'When the sample was taken',
		},
		{
			displayName: 'Date Sequenced',
			name: 'dateSequenced',
			type: 'dateTime',
			default: '',
			description: 'When the sample was sequenced',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			description: 'What people should know of the sample',
		},
		{
			displayName: 'External Sample ID',
			name: 'externalSampleId',
			type: 'string',
			default: '',
			placeholder: 'e.g. LIMS-2026-00123',
			description: 'The ID that the sample has elsewhere, such as in a LIMS; 60 characters at most',
		},
		{
			displayName: 'Latitude',
			name: 'locationLat',
			type: 'number',
			typeOptions: { minValue: -90, maxValue: 90, numberPrecision: 6 },
			default: 0,
			description: 'Where the sample was taken, from -90 to 90 degrees',
		},
		{
			displayName: 'Library Type',
			name: 'libraryType',
			type: 'options',
			options: optionsOf(LIBRARY_TYPES),
			default: 'WGS',
			description: 'What was sequenced of it',
		},
		{
			displayName: 'Location',
			name: 'locationString',
			type: 'string',
			default: '',
			placeholder: 'e.g. Hamburg, Germany',
			description: 'Where the sample was taken, in words; 255 characters at most',
		},
		{
			displayName: 'Longitude',
			name: 'locationLon',
			type: 'number',
			typeOptions: { minValue: -180, maxValue: 180, numberPrecision: 6 },
			default: 0,
			description: 'Where the sample was taken, from -180 to 180 degrees',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Stool, patient 7',
			description: 'What the sample is called in One Codex; 255 characters at most',
		},
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			options: optionsOf(PLATFORMS),
			default: 'Illumina',
			description: 'What it was sequenced with',
		},
		{
			displayName: 'Sample Type',
			name: 'sampleType',
			type: 'options',
			options: optionsOf(SAMPLE_TYPES),
			default: 'Metagenomic',
			description: 'Whether it is one organism or a community of them',
		},
		{
			displayName: 'Starred',
			name: 'starred',
			type: 'boolean',
			default: false,
			description: 'Whether it has a star in One Codex',
		},
	],
};
