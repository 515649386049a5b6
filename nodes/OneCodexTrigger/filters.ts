import type { IDataObject } from 'n8n-workflow';

import { sampleAnswer } from '../OneCodex/api/answers/sample';
import { isText, pathOf } from '../OneCodex/api/answers/shape';
import { allEntries } from '../OneCodex/api/pages';
import { samplePath, SAMPLES_PATH } from '../OneCodex/api/paths';
import { listQuery } from '../OneCodex/api/query';
import type { ApiSettings } from '../OneCodex/api/request';
import { whereOf as whereOfDocuments } from '../OneCodex/resources/document/documentFilters';
import { lookedUp } from '../OneCodex/resources/sample/lookedUpFilters';
import { whereOf as whereOfSamples } from '../OneCodex/resources/sample/sampleFilters';
import { givenFilters, isGiven, textIn } from '../OneCodex/resources/shared/where';
import { isObject, type ApiContext } from '../OneCodex/types';
import type { Entry } from './entry';
import { FILTER_NAMES } from './fields';

/** No sample has this ID. */
const NO_SAMPLE = { $uri: { $eq: samplePath('0000000000000000') } };

/** Samples that are asked for at once, so that the address does not become too long. */
export const MOST_SAMPLES = 50;

/**
 * The filters that were filled in, of those that are known: others are left of another event.
 *
 * @throws OneCodexError (input) that names the filter
 */
export function filtersIn(parameter: unknown, known: string[]): IDataObject {
	const there = Object.entries(isObject(parameter) ? parameter : {});
	const ours = Object.fromEntries(there.filter(([name]) => known.includes(name)));
	const given = Object.entries(givenFilters(ours, FILTER_NAMES));
	return Object.fromEntries(given.filter(([, value]) => isGiven(value))) as IDataObject;
}

/** The filters of one kind of entries. */
export interface Filters {
	/** One Codex's `where`. */
	where(context: ApiContext, settings: ApiSettings): Promise<IDataObject>;
	/** Of entries, those that pass what `where` cannot say. */
	passing(context: ApiContext, settings: ApiSettings, entries: Entry[]): Promise<Entry[]>;
}

const all: Filters['passing'] = async (_context, _settings, entries) =>
	await Promise.resolve(entries);

/** @throws OneCodexError (input) that names the filter */
export function ofDocuments(given: IDataObject): Filters {
	const where = whereOfDocuments(given, 'UTC');
	return { where: async () => await Promise.resolve(where), passing: all };
}

/** @throws OneCodexError (input) that names the filter */
export function ofSamples(given: IDataObject): Filters {
	const where = samplesLike(given);
	return {
		where: async (...with_) => (await where(...with_)) ?? NO_SAMPLE,
		passing: all,
	};
}

/** The sample of an analysis is asked about once there is a new analysis. @throws OneCodexError (input) */
export function ofAnalyses({ analysisType, ...ofSample }: IDataObject): Filters {
	const type = isGiven(analysisType) && textIn(analysisType, 'Analysis Type');
	const where = type ? { analysis_type: { $eq: type } } : {};
	const samples = samplesLike(ofSample);
	return {
		where: async () => await Promise.resolve(where),
		passing: async (context, settings, entries) => {
			if (!Object.keys(ofSample).length || !entries.length) return entries;
			const like = await samples(context, settings);
			if (!like) return [];
			const asked = entries.map(({ sample }) => pathOf(sample)).filter(isText);
			const found = await samplesAmong([...new Set(asked)], like, context, settings);
			return entries.filter(({ sample }) => found.has(pathOf(sample)));
		},
	};
}

/** One Codex's `where` for samples; undefined where none can be so. */
function samplesLike(given: IDataObject) {
	const where = whereOfSamples(given, 'UTC');
	if (isGiven(given.tag)) textIn(given.tag, 'Tag');
	return async (context: ApiContext, settings: ApiSettings): Promise<IDataObject | undefined> => {
		const found = await lookedUp(context, given, settings);
		return found && { ...where, ...found };
	};
}

async function samplesAmong(
	paths: string[],
	where: IDataObject,
	context: ApiContext,
	settings: ApiSettings,
): Promise<Set<string | undefined>> {
	const found = new Set<string | undefined>();
	for (let at = 0; at < paths.length; at += MOST_SAMPLES) {
		const $uri = { $in: paths.slice(at, at + MOST_SAMPLES) };
		const list = { path: SAMPLES_PATH, qs: listQuery({ where: { ...where, $uri } }) };
		const samples = allEntries(context, list, sampleAnswer, settings);
		for await (const sample of samples) found.add(sample.$uri);
	}
	return found;
}
