import type { Sample } from '../../samples/sample';
import type { StandInState } from '../../state';
import { isObject, type JsonObject } from '../body';
import { ApiError } from '../errors';
import { idIn } from '../links';
import { projectWith } from '../rights';

/** "Up to 60 characters." */
const LONGEST_EXTERNAL_ID = 60;

/**
 * What is said of a sample, as far as the description says it in words alone.
 *
 * @throws ApiError 400
 */
export function checkedMetadata(metadata: JsonObject, place = ''): JsonObject {
	const { custom, external_sample_id: externalId } = metadata;
	const nested = Object.keys(isObject(custom) ? custom : {}).find(
		(name) =>
			typeof (custom as JsonObject)[name] === 'object' && (custom as JsonObject)[name] !== null,
	);
	if (nested !== undefined) {
		throw new ApiError(400, `${place}custom.${nested}: only strings, numbers, booleans and nulls.`);
	}
	if (typeof externalId === 'string' && externalId.length > LONGEST_EXTERNAL_ID) {
		throw new ApiError(400, `${place}external_sample_id: up to ${LONGEST_EXTERNAL_ID} characters.`);
	}
	return metadata;
}

/** `{"$ref"}` of tags that there are, or `{name}` of tags to be made. @throws ApiError 404 */
function tagIds({ library }: StandInState, tags: unknown[]): string[] {
	const ids = tags.map((tag) => {
		if (isObject(tag) && typeof tag.name === 'string') return library.tagNamed(tag.name).id;
		const id = idIn(tag);
		if (!library.tags.some((each) => each.id === id))
			throw new ApiError(404, 'The tag was not found.');
		return id;
	});
	return [...new Set(ids)];
}

/** What a body has of these, whichever it is: the wanted changes, or undefined where it has none. */
export interface Changes {
	projectId?: string | null;
	tagIds?: string[];
	metadata?: JsonObject;
}

/** @throws ApiError 400, 403, 404 */
export function changesIn(state: StandInState, { project, tags, metadata }: JsonObject): Changes {
	const projectOf = (): string => projectWith(state, idIn(project), 'can_add_files').id;
	return {
		...(project !== undefined && { projectId: project === null ? null : projectOf() }),
		...(isObject(metadata) && { metadata: checkedMetadata(metadata, 'metadata.') }),
		...(Array.isArray(tags) && { tagIds: tagIds(state, tags) }),
	};
}

/** What is said of a sample when its file is announced adds to what was said of it before. */
export function describe(
	sample: Sample,
	{ projectId, tagIds: added = [], metadata }: Changes,
): void {
	if (projectId) sample.projectId = projectId;
	sample.tagIds = [...new Set([...sample.tagIds, ...added])];
	sample.metadata = { ...sample.metadata, ...metadata };
}
