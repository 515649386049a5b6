import type { IDataObject } from 'n8n-workflow';

import { idOfReference, objectOf, pathOf, unexpected } from '../../api/answers/shape';
import { pageOf } from '../../api/pages';
import { METADATA_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { apiRequest, defaultSettings, type ApiSettings } from '../../api/request';
import { isNotFound } from '../../errors/notFound';
import { requestError } from '../../errors/requestError';
import type { ApiContext, SampleAnswer } from '../../types';
import { mapConcurrently } from '../shared/mapConcurrently';

/** What goes into one query: each `$uri` has about 60 characters in an address. */
const MOST_IN_A_QUERY = 50;

/** The pace of the API bounds them, not this. */
const AT_ONCE = 10;

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
	settings: ApiSettings,
): Promise<IDataObject> {
	const path = `${METADATA_PATH}/${idOfReference(metadata)}`;
	return await apiRequest(context, { method: 'GET', path }, settings, metadataAnswer);
}

/**
 * The records of many samples, in few calls, by their `$uri`. Those that came with their samples are
 * taken of these, others of the list, which has the account's own alone. What is still missing is
 * read one by one; of a sample that is gone there is none.
 *
 * @throws OneCodexError
 */
export async function metadataOfSamples(
	context: ApiContext,
	samples: SampleAnswer[],
): Promise<Map<string, IDataObject>> {
	const records = new Map<string, IDataObject>();
	for (const { metadata } of samples) {
		if ('$uri' in metadata) records.set(metadata.$uri, metadata);
	}
	const missing = () => samples.filter(({ metadata }) => !records.has(String(pathOf(metadata))));
	const paths = missing().map(({ metadata }) => String(pathOf(metadata)));
	for (let from = 0; from < paths.length; from += MOST_IN_A_QUERY) {
		const some = paths.slice(from, from + MOST_IN_A_QUERY);
		const qs = listQuery({ where: { $uri: { $in: some } } });
		const { entries } = await pageOf(context, { path: METADATA_PATH, qs }, metadataAnswer);
		for (const record of entries) records.set(String(record.$uri), record);
	}
	await mapConcurrently(missing(), AT_ONCE, async (sample) => {
		const record = await metadataIfThere(context, sample);
		if (record) records.set(String(pathOf(sample.metadata)), record);
	});
	return records;
}

async function metadataIfThere(
	context: ApiContext,
	sample: SampleAnswer,
): Promise<IDataObject | undefined> {
	try {
		return await metadataOfSample(context, sample, defaultSettings(context));
	} catch (cause) {
		const error = requestError(cause);
		if (isNotFound(error)) return undefined;
		throw error;
	}
}

/** A sample that was asked for with all that it names, with references in place of that. */
export function withReferences(sample: SampleAnswer): SampleAnswer {
	const fields = Object.entries(sample).map(([name, value]) => [name, reduced(value)]);
	return Object.fromEntries(fields) as SampleAnswer;
}

function reduced(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reduced);
	const { $uri } = objectOf(value);
	return typeof $uri === 'string' ? { $ref: $uri } : value;
}
