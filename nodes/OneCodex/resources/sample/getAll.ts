import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { sampleAnswer } from '../../api/answers/sample';
import { pathOf } from '../../api/answers/shape';
import { SAMPLES_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { OneCodexError } from '../../errors/oneCodexError';
import { choice } from '../shared/choice';
import { flag } from '../shared/flag';
import { getManyFields, listEntries, listForEachItem, simplifyField } from '../shared/getMany';
import { sortOf, sortOption } from '../shared/sort';
import { givenFilters, isGiven } from '../shared/where';
import { showFor } from './fields';
import { includeMetadataOption } from './get';
import { lookedUp } from './lookedUpFilters';
import { FILTER_NAMES, sampleFilters, whereOf } from './sampleFilters';
import { sampleJson, simpleSampleJson } from './sampleJson';
import { metadataOfSamples, withReferences } from './sampleMetadata';

const SCOPES = {
	own: SAMPLES_PATH,
	organization: `${SAMPLES_PATH}/organization`,
	public: `${SAMPLES_PATH}/public`,
};

const SCOPE_NAMES = Object.keys(SCOPES) as Array<keyof typeof SCOPES>;

export const getAllFields: INodeProperties[] = [
	{
		displayName: 'Scope',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'Own', value: 'own', description: 'Samples of your account' },
			{ name: 'Organization', value: 'organization', description: 'Samples of the organization' },
			{ name: 'Public', value: 'public', description: 'Samples that everybody sees' },
		],
		default: 'own',
		displayOptions: showFor('getAll'),
		description: 'Whose samples to list',
	},
	...getManyFields(showFor),
	simplifyField(showFor),
	sampleFilters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('getAll'),
		options: [includeMetadataOption, sortOption('samples')],
	},
];

/**
 * Lists samples, once for every item. Programmatic, because tags and external IDs are looked up
 * first, and the next page is in a header of the page before it.
 */
export async function getAll(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = await listForEachItem(this, async (itemIndex) => {
		const parameter = (name: string, fallback: unknown) =>
			this.getNodeParameter(name, itemIndex, fallback) as unknown;
		const scope = choice(parameter('scope', 'own'), SCOPE_NAMES, 'Scope');
		const filters = givenFilters(parameter('filters', {}), FILTER_NAMES) as IDataObject;
		checkScope(scope, filters);
		const where = whereOf(filters, this.getTimezone());
		const found = await lookedUp(this, filters);
		if (!found) return [];
		const isWhole = flag(parameter('options.includeMetadata', false), 'Include Metadata');
		const sort = sortOf(parameter('options.sort', 'newest'));
		const qs = {
			...listQuery({ where: { ...where, ...found }, sort }),
			// The list of metadata has the account's own alone.
			...(isWhole && scope !== 'own' && { expand: 'all' }),
		};
		const list = { path: SCOPES[scope], qs, what: 'samples', isByCursor: true };
		const samples = await listEntries(this, itemIndex, list, sampleAnswer);

		const isSimple = flag(parameter('simplify', true), 'Simplify');
		const toJson = isSimple ? simpleSampleJson : sampleJson;
		if (!isWhole) return samples.map(toJson);
		const records = await metadataOfSamples(this, samples);
		return samples.map((sample) => ({
			...toJson(scope === 'own' ? sample : withReferences(sample)),
			metadata: records.get(String(pathOf(sample.metadata))) ?? null,
		}));
	});
	return [items];
}

/** @throws OneCodexError (input) */
function checkScope(scope: keyof typeof SCOPES, { externalSampleId }: IDataObject): void {
	if (scope === 'own' || !isGiven(externalSampleId)) return;
	throw new OneCodexError('input', 'External Sample ID finds own samples only', {
		description: 'Set Scope to Own, or remove the filter.',
	});
}
