import type { StandInAnalysis } from '../../samples/types';
import type { StandInState } from '../../state';
import type { JsonObject } from '../body';
import { ApiError } from '../errors';
import { kindsOf } from '../fields';
import { answerList, answerOne } from '../query';
import { analysisResource, typedResource } from '../resources';
import { isVisible } from '../rights';
import type { Route } from '../router';
import { COLLECTIONS } from './collections';

/** A collection of runs: those of a type, or of every one. */
export interface Shelf {
	collection: string;
	has(analysis: StandInAnalysis): boolean;
	show(analysis: StandInAnalysis): JsonObject;
}

const ANY: Shelf = { collection: 'analyses', has: () => true, show: analysisResource };
const TYPED: Shelf[] = Object.entries(COLLECTIONS).map(([type, collection]) => ({
	collection,
	has: (analysis) => analysis.type === type,
	show: (analysis) => typedResource(collection, analysis),
}));
export const SHELVES = [ANY, ...TYPED];

const byAge = (left: StandInAnalysis, right: StandInAnalysis): number =>
	Date.parse(left.createdAt) - Date.parse(right.createdAt);

const sampleOf = ({ library }: StandInState, { sampleId }: StandInAnalysis) =>
	library.samples.find(({ id }) => id === sampleId);

/** "Visibility governs sample, analyses, metadata, tags." @throws ApiError 404 */
export function visibleAnalysis(state: StandInState, { has }: Shelf, id: string): StandInAnalysis {
	state.library.settle();
	const analysis = state.library.analyses.find((each) => each.id === id && has(each));
	const sample = analysis && sampleOf(state, analysis);
	if (!analysis || !sample || !isVisible(state, sample)) {
		throw new ApiError(404, 'The analysis was not found.');
	}
	return analysis;
}

function shelfRoutes(shelf: Shelf): Route[] {
	const { collection, has, show } = shelf;
	const kinds = kindsOf(
		collection === 'mlsts' || collection === 'workflows' ? 'panels' : collection,
	);
	const path = `/api/v1/${collection}`;
	const listRoute = (rest: string, isPublic: boolean): Route => ({
		method: 'GET',
		path: path + rest,
		anonymous: true,
		handle: (call) => {
			const { state } = call;
			state.library.settle();
			const listed = () =>
				state.library.analyses.filter((analysis) => {
					const sample = sampleOf(state, analysis);
					const isListed = isPublic
						? sample?.sharing === 'public'
						: sample?.ownerId === state.userId;
					return has(analysis) && isListed;
				});
			return answerList(call, () => listed().sort(byAge).map(show), kinds);
		},
	});
	return [
		listRoute('', false),
		listRoute('/public', true),
		{
			method: 'GET',
			path: `${path}/:id`,
			handle: (call) => answerOne(call, show(visibleAnalysis(call.state, shelf, call.params.id))),
		},
	];
}

export const analysisRoutes: Route[] = SHELVES.flatMap(shelfRoutes);
