import type { INodeProperties } from 'n8n-workflow';

import { and } from '../shared/showFor';
import { showFor } from './fields';

const RANKS = [
	...['Class', 'Domain', 'Family', 'Genus', 'Kingdom', 'Order', 'Phylum'],
	...['Species', 'Strain', 'Subspecies', 'Superkingdom'],
];

export const rowFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	displayOptions: and(showFor('getResults'), 'output', 'rows'),
	description: 'Which rows to give back. All but Top are for classifications.',
	options: [
		{
			displayName: 'Exclude Host',
			name: 'excludeHost',
			type: 'boolean',
			default: true,
			description: 'Whether to leave out the organisms that the sample was taken from',
		},
		{
			displayName: 'Min Abundance',
			name: 'minAbundance',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 6 },
			default: 0,
			description:
				'Only organisms of at least this part of the sample, from 0 to 1, with what is below them in the tree. 0 is no limit.',
		},
		{
			displayName: 'Min Read Count',
			name: 'minReadCount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description:
				'Only organisms with at least so many reads, with what is below them in the tree. 0 is no limit.',
		},
		{
			displayName: 'Name Contains',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. staphylococcus',
			description: 'Only organisms whose name has this in it, in capital or small letters',
		},
		{
			displayName: 'Rank',
			name: 'rank',
			type: 'options',
			options: RANKS.map((name) => ({ name, value: name.toLowerCase() })),
			default: 'species',
			description: 'Only organisms of this rank. By expression, any rank works.',
		},
		{
			displayName: 'Top',
			name: 'top',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 25,
			description:
				'Only so many rows: of a classification those with the highest abundance, or else with the most reads. 0 is no limit.',
		},
	],
};
