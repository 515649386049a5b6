import type { ApiContext } from '../types';
import { objectOf, pathOf, unexpected } from './answers/shape';
import { allEntries } from './pages';
import { samplePath, TAGS_PATH } from './paths';
import { listQuery } from './query';
import { apiRequest, defaultSettings, type ApiSettings } from './request';

interface Tag {
	/** `/api/v1/tags/<id>` */
	$uri: string;
	name: string;
}

/** @throws OneCodexError (service) when the answer is not a tag as the API describes one */
function tagAnswer(answer: unknown): Tag {
	// The description says that one tag comes as a list; the vendor's client reads an object.
	const { $uri, name } = objectOf(Array.isArray(answer) ? answer[0] : answer);
	if (typeof $uri !== 'string' || !/\/tags\/\w{16}$/.test($uri) || typeof name !== 'string') {
		throw unexpected('for a tag', '$uri and name');
	}
	return { $uri, name };
}

/** The tags of these names. One name may have several, made for other samples. */
export async function tagsNamed(
	context: ApiContext,
	names: string[],
	settings: ApiSettings = defaultSettings(context),
): Promise<Tag[]> {
	if (!names.length) return [];
	const qs = listQuery({
		where: { name: names.length > 1 ? { $in: names } : { $eq: names[0] } },
	});
	const tags: Tag[] = [];
	const list = { path: TAGS_PATH, qs };
	for await (const tag of allEntries(context, list, tagAnswer, settings)) tags.push(tag);
	return tags;
}

/** Gives a sample one more tag. Tagging it twice is no error. @throws OneCodexError */
export async function addTag(
	context: ApiContext,
	sampleId: string,
	name: string,
	settings: ApiSettings,
): Promise<void> {
	const body = { name, sample: { $ref: samplePath(sampleId) } };
	const request = { method: 'POST', path: TAGS_PATH, body } as const;
	await apiRequest(context, request, settings, tagAnswer);
}

/** The paths of references, for a list that goes back to One Codex. */
export const references = (list: unknown[] = []): Array<{ $ref: string }> =>
	list.flatMap((one) => {
		const path = pathOf(one);
		return path === undefined ? [] : [{ $ref: path }];
	});
