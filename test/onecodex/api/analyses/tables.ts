import { rawResultsOf, resultsOf } from '../../samples/results';
import type { StandInAnalysis } from '../../samples/types';
import type { JsonObject } from '../body';
import { linkTo } from '../downloads';
import { ApiError } from '../errors';
import type { ApiCall, Route } from '../router';
import { SHELVES, visibleAnalysis } from './analyses';
import { checkSucceeded } from './outcomes';

/** The file that the link of `/readlevel` leads to. */
const READ_LEVEL = 'readlevel.tsv.gz';

const GROUPS = ['pathways', 'metacyc', 'eggnog', 'go', 'ko', 'ec', 'pfam', 'reaction'];
const METRICS = ['rpk', 'cpm', 'abundance', 'coverage', 'complete_abundance'];
const BOOLEANS = ['true', 'false'];

const shelfOf = (collection: string) =>
	SHELVES.filter((shelf) => shelf.collection === collection)[0];

/** @throws ApiError 404 */
function succeeded({ state, params }: ApiCall, collection: string): StandInAnalysis {
	const analysis = visibleAnalysis(state, shelfOf(collection), params.id);
	checkSucceeded(analysis);
	return analysis;
}

/** @throws ApiError 400 */
function parameter({ url }: ApiCall, name: string, values: string[], fallback?: string): string {
	const value = url.searchParams.get(name) ?? fallback;
	if (value !== undefined && values.includes(value)) return value;
	throw new ApiError(400, `${name}: one of ${values.join(', ')} is required.`);
}

/** The rows of one group by one metric, without what they all have. @throws ApiError 400 */
function filtered(call: ApiCall, results: JsonObject): JsonObject {
	const group = parameter(call, 'functional_group', GROUPS);
	const asked = parameter(call, 'metric', METRICS);
	const stratified = parameter(call, 'taxa_stratified', BOOLEANS, 'false') === 'true';
	// As in the vendor's client: the sum over all taxa has a name of its own, but for pathways.
	const metric = stratified || group === 'pathways' ? asked : `total_${asked}`;
	const table = (results.table as JsonObject[])
		.filter(
			(row) =>
				row.group_name === group && row.metric === metric && row.taxa_stratified === stratified,
		)
		.map(({ id, name, taxon_id, taxon_name, value }) => ({
			id,
			name,
			taxon_id,
			taxon_name,
			value,
		}));
	return { n_mapped: results.n_mapped, n_reads: results.n_reads, table };
}

export const tableRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/classifications/:id/raw_results',
		handle: (call) => ({ status: 200, body: rawResultsOf(succeeded(call, 'classifications')) }),
	},
	{
		method: 'GET',
		path: '/api/v1/classifications/:id/readlevel',
		handle: (call) => {
			const { files } = succeeded(call, 'classifications');
			const file = files.find(({ path }) => path === READ_LEVEL);
			if (!file) throw new ApiError(404, 'There are no results by read.');
			return { status: 200, body: { url: linkTo(call, file.object.key) } };
		},
	},
	{
		method: 'GET',
		path: '/api/v1/functional_profiles/:id/filtered_results',
		handle: (call) => {
			const results = resultsOf(succeeded(call, 'functional_profiles')) as JsonObject;
			return { status: 200, body: filtered(call, results) };
		},
	},
];
