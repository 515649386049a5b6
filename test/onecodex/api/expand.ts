import type { StandInState } from '../state';
import { isObject, type JsonObject } from './body';
import { collectionsOf } from './analyses/collections';
import {
	analysisResource,
	jobResource,
	metadataResource,
	projectResource,
	sampleResource,
	tagResource,
	typedResource,
} from './resources';
import { isVisible, isVisibleProject } from './rights';
import { userResource } from './users';

type Lookup = (state: StandInState, id: string) => JsonObject | undefined;

const found = <Each>(each: Each | undefined, show: (each: Each) => JsonObject) =>
	each === undefined ? undefined : show(each);

/** What a reference leads to, by collection; undefined for what the account may not see. */
const LOOKUPS: Record<string, Lookup> = {
	users: ({ users }, wanted) =>
		found(
			users.find(({ id }) => id === wanted),
			userResource,
		),
	samples: (state, wanted) =>
		found(
			state.library.samples.find((each) => each.id === wanted && isVisible(state, each)),
			sampleResource,
		),
	metadata: ({ library }, wanted) =>
		found(
			library.samples.find(({ metadataId }) => metadataId === wanted),
			metadataResource,
		),
	tags: ({ library }, wanted) =>
		found(
			library.tags.find(({ id }) => id === wanted),
			tagResource,
		),
	projects: (state, wanted) =>
		found(
			state.library.projects.find((each) => each.id === wanted && isVisibleProject(state, each)),
			(project) => projectResource(state, project),
		),
	jobs: ({ library }, wanted) =>
		found(
			library.jobs.find(({ id }) => id === wanted),
			jobResource,
		),
	analyses: ({ library }, wanted) =>
		found(
			library.analyses.find(({ id }) => id === wanted),
			analysisResource,
		),
	...Object.fromEntries(
		collectionsOf().map((collection): [string, Lookup] => [
			collection,
			({ library }, wanted) =>
				found(
					library.analyses.find(({ id }) => id === wanted),
					(analysis) => typedResource(collection, analysis),
				),
		]),
	),
};

function resolved(state: StandInState, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((each) => resolved(state, each));
	if (!isObject(value) || typeof value.$ref !== 'string') return value;
	const [, , , collection, id] = value.$ref.split('/');
	return LOOKUPS[collection]?.(state, id) ?? value;
}

/**
 * With `expand=all`, which the vendor's client always asks for and no description has: whole objects in
 * place of references. Those in them stay references, as in the recorded answer.
 */
export function perhapsExpanded(
	{ state, url }: { state: StandInState; url: URL },
	resource: JsonObject,
): JsonObject {
	if (url.searchParams.get('expand') !== 'all') return resource;
	const fields = Object.entries(resource).map(([name, value]) => [name, resolved(state, value)]);
	return Object.fromEntries(fields) as JsonObject;
}
