import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { sampleAnswer } from '../../api/answers/sample';
import { idOfReference } from '../../api/answers/shape';
import { METADATA_PATH, projectPath, samplePath } from '../../api/paths';
import { apiRequest, defaultSettings, type ApiSettings } from '../../api/request';
import { addTag, references, tagsNamed } from '../../api/tags';
import { isObject, type SampleAnswer } from '../../types';
import { metadataAnswer, metadataOfSample } from './sampleMetadata';

/** What is to change of a sample; what is not given stays. */
export interface SampleChanges {
	/** The project's ID, or null for none. */
	project?: string | null;
	visibility?: string;
	addTags: string[];
	removeTags: string[];
	metadata: IDataObject;
}

/**
 * Changes a sample and gives out how it is then. Only what changes is sent: a list of tags replaces
 * the one that is there, automatic tags too, so tags are added one by one, and removed of a list
 * that was read just before. Custom metadata is merged with what is there.
 *
 * @throws OneCodexError
 */
export async function updateSample(
	context: IExecuteFunctions,
	id: string,
	changes: SampleChanges,
	signal: AbortSignal,
): Promise<SampleAnswer> {
	const settings = { ...defaultSettings(context), signal };
	const path = samplePath(id);
	const read = async () =>
		await apiRequest(context, { method: 'GET', path }, settings, sampleAnswer);

	const { project, visibility, addTags, removeTags, metadata } = changes;
	const named = await tagsNamed(context, [...addTags, ...removeTags], settings);
	let sample = await read();
	const has = new Set((sample.tags ?? []).map(idOfReference));
	const onSample = named.filter((tag) => has.has(idOfReference(tag)));
	const gone = new Set(onSample.filter(({ name }) => removeTags.includes(name)).map(idOfReference));
	const body = {
		...(project !== undefined && { project: projectReference(project) }),
		...(visibility !== undefined && { visibility }),
		...(gone.size && {
			tags: references((sample.tags ?? []).filter((tag) => !gone.has(idOfReference(tag)))),
		}),
	};
	if (Object.keys(body).length) {
		sample = await apiRequest(context, { method: 'PATCH', path, body }, settings, sampleAnswer);
	}
	const missing = addTags.filter((name) => !onSample.some((tag) => tag.name === name));
	for (const name of missing) await addTag(context, id, name, settings);
	if (Object.keys(metadata).length) {
		await updateMetadata(context, sample, metadata, settings);
	}
	return missing.length ? await read() : sample;
}

const projectReference = (project: string | null) =>
	project === null ? null : { $ref: projectPath(project) };

async function updateMetadata(
	context: IExecuteFunctions,
	sample: SampleAnswer,
	metadata: IDataObject,
	settings: ApiSettings,
): Promise<void> {
	const body = { ...metadata };
	if (isObject(body.custom)) {
		const { custom } = await metadataOfSample(context, sample, settings);
		body.custom = { ...(isObject(custom) && custom), ...body.custom };
	}
	const path = `${METADATA_PATH}/${idOfReference(sample.metadata)}`;
	await apiRequest(context, { method: 'PATCH', path, body }, settings, metadataAnswer);
}
