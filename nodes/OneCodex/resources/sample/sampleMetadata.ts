import type { IDataObject } from 'n8n-workflow';

import { idOfReference, objectOf, pathOf, unexpected } from '../../api/answers/shape';
import { pageOf } from '../../api/pages';
import { METADATA_PATH } from '../../api/paths';
import { apiRequest, defaultSettings } from '../../api/request';
import type { ApiContext, SampleAnswer } from '../../types';

/** What goes into one query: each `$uri` has about 60 characters in an address. */
const MOST_IN_A_QUERY = 50;

/** @throws OneCodexError (service) when the answer is no record of metadata */
export function metadataAnswer(answer: unknown): IDataObject {
	const record = objectOf(answer);
	if (typeof record.$uri === 'string' && /\/metadata\/\w{16}$/.test(record.$uri)) return record;
	throw unexpected('for metadata', '$uri');
}

/** The record of one sample. @throws OneCodexError */
export async function metadataOfSample(
	context: ApiContext,
	{ metadata }: SampleAnswer,
): Promise<IDataObject> {
	const path = `${METADATA_PATH}/${idOfReference(metadata)}`;
	const settings = defaultSettings(context);
	return await apiRequest(context, { method: 'GET', path }, settings, metadataAnswer);
}

/**
 * The records of many samples, in few calls, by their `$uri`. The list has the account's own alone;
 * those of others come one by one.
 *
 * @throws OneCodexError
 */
export async function metadataOfSamples(
	context: ApiContext,
	samples: SampleAnswer[],
): Promise<Map<string, IDataObject>> {
	const records = new Map<string, IDataObject>();
	const paths = samples.map(({ metadata }) => String(pathOf(metadata)));
	for (let from = 0; from < paths.length; from += MOST_IN_A_QUERY) {
		const some = paths.slice(from, from + MOST_IN_A_QUERY);
		const qs = { where: JSON.stringify({ $uri: { $in: some } }) };
		const { entries } = await pageOf(context, { path: METADATA_PATH, qs }, metadataAnswer);
		for (const record of entries) records.set(String(record.$uri), record);
	}
	for (const [index, path] of paths.entries()) {
		if (!records.has(path)) records.set(path, await metadataOfSample(context, samples[index]));
	}
	return records;
}
