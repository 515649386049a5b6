import type { IDataObject } from 'n8n-workflow';

import { SAMPLES_PATH } from '../OneCodex/api/paths';
import type { ApiSettings } from '../OneCodex/api/request';
import { whereOf as whereOfDocuments } from '../OneCodex/resources/document/documentFilters';
import { lookedUp } from '../OneCodex/resources/sample/lookedUpFilters';
import { whereOf as whereOfSamples } from '../OneCodex/resources/sample/sampleFilters';
import { givenFilters, isGiven } from '../OneCodex/resources/shared/where';
import { isObject, type ApiContext } from '../OneCodex/types';
import type { EventName } from './events';
import { FILTER_NAMES, filtersOf } from './fields';

/** No sample has this ID. */
const NONE = { $uri: { $eq: `${SAMPLES_PATH}/0000000000000000` } };

/**
 * The filters that were filled in, of those that the event knows: others are left of another event.
 *
 * @throws OneCodexError (input) that names the filter
 */
export function filtersFor(event: EventName, filters: unknown): IDataObject {
	const known = Object.entries(isObject(filters) ? filters : {}).filter(([name]) =>
		filtersOf(event).includes(name),
	);
	const given = givenFilters(Object.fromEntries(known), FILTER_NAMES);
	return Object.fromEntries(
		Object.entries(given).filter(([, value]) => isGiven(value)),
	) as IDataObject;
}

/** One Codex's `where` for these filters. @throws OneCodexError */
export async function whereOf(
	context: ApiContext,
	event: EventName,
	filters: IDataObject,
	settings: ApiSettings,
): Promise<IDataObject> {
	if (event === 'documentUploaded') return whereOfDocuments(filters, 'UTC');
	return await whereOfSample(context, filters, settings);
}

async function whereOfSample(
	context: ApiContext,
	filters: IDataObject,
	settings: ApiSettings,
): Promise<IDataObject> {
	const where = whereOfSamples(filters, 'UTC');
	return { ...where, ...((await lookedUp(context, filters, settings)) ?? NONE) };
}
