import { textOf, whatItIs } from '../errors/given';
import { OneCodexError } from '../errors/oneCodexError';
import { isObject } from '../types';
import { ANALYSIS_COLLECTIONS } from './analysisTypes';

/** One Codex's IDs, of whatever there is. */
export const ID = '[0-9a-f]{16}';

/** An address whose path ends in one of the collections and an ID, which it captures. */
export const addressPattern = (...collections: string[]): string =>
	`^(?:https?://[^/?#]+)?(?:/[^?#]*)?/(?:${collections.join('|')})/(${ID})/?(?:[?#].*)?$`;

/** What has an ID, and under which keys objects keep it or their address. */
interface Kind {
	/** In errors. */
	name: string;
	/** In the API's paths; the first is the one that errors name. */
	collections: readonly string[];
	keys: string[];
}

const DOCUMENT: Kind = {
	name: 'Document ID',
	collections: ['documents'],
	keys: ['document_id', '$uri', '$ref', 'document'],
};

const USER: Kind = {
	name: 'User ID',
	collections: ['users'],
	keys: ['user_id', '$uri', '$ref', 'user'],
};

const SAMPLE: Kind = {
	name: 'Sample ID',
	collections: ['samples'],
	keys: ['sample_id', '$uri', '$ref', 'sample'],
};

const PROJECT: Kind = {
	name: 'Project ID',
	collections: ['projects'],
	keys: ['project_id', '$uri', '$ref', 'project'],
};

const JOB: Kind = {
	name: 'Job ID',
	collections: ['jobs'],
	keys: ['job_id', '$uri', '$ref', 'job'],
};

const ANALYSIS: Kind = {
	name: 'Analysis ID',
	collections: ANALYSIS_COLLECTIONS,
	keys: [
		...['analysis_id', 'classification_id', '$uri', '$ref'],
		...['analysis', 'primary_classification'],
	],
};

/**
 * The ID of a document, in whatever names one: the ID itself, a `$uri`, the string of a `$ref`, an
 * address whose path ends in /documents/<id>, or by expression an object that has one of these: a
 * reference, a document, or what an upload gave. Takes what a resource locator holds, too.
 *
 * @throws OneCodexError (input)
 */
export function documentId(value: unknown): string {
	return idOf(value, DOCUMENT);
}

/** The same for a user: /users/<id>. @throws OneCodexError (input) */
export function userId(value: unknown): string {
	return idOf(value, USER);
}

/** The same for a sample: /samples/<id>. @throws OneCodexError (input) */
export function sampleId(value: unknown): string {
	return idOf(value, SAMPLE);
}

/** The same for a project: /projects/<id>. @throws OneCodexError (input) */
export function projectId(value: unknown): string {
	return idOf(value, PROJECT);
}

/** The same for a job: /jobs/<id>. @throws OneCodexError (input) */
export function jobId(value: unknown): string {
	return idOf(value, JOB);
}

/**
 * The same for an analysis: /analyses/<id>, or the path of its type, such as /classifications/<id>;
 * of a sample its primary classification, where the sample says which that is.
 *
 * @throws OneCodexError (input)
 */
export function analysisId(value: unknown): string {
	return idOf(value, ANALYSIS);
}

/**
 * The ID of an analysis, or of the sample whose primary classification is meant: what names no
 * analysis but a sample.
 *
 * @throws OneCodexError (input)
 */
export function analysisOrSampleId(
	parameter: unknown,
): { analysis_id: string } | { sample_id: string } {
	const value = chosen(parameter);
	const isSample = !idsIn(value, ANALYSIS).length && idsIn(value, SAMPLE).length > 0;
	return isSample ? { sample_id: sampleId(value) } : { analysis_id: analysisId(value) };
}

/** What a resource locator holds, or the value itself. */
export function chosen(parameter: unknown): unknown {
	return isObject(parameter) && '__rl' in parameter ? parameter.value : parameter;
}

function idOf(parameter: unknown, kind: Kind): string {
	const value = chosen(parameter);
	const ids = new Set(idsIn(value, kind));
	const [id] = ids;
	if (ids.size === 1) return id;
	throw new OneCodexError('input', refusal(value, ids.size, kind.name), {
		description: `It has 16 hex digits (0-9, a-f). An address that ends in /${kind.collections[0]}/<ID> works too.`,
	});
}

/** Objects in objects, such as an item's `json` and the `document` in it, but no deeper. */
const DEEPEST = 3;

function idsIn(value: unknown, kind: Kind, depth = 0): string[] {
	if (isObject(value)) {
		if (depth === DEEPEST) return [];
		return ['json', ...kind.keys].flatMap((key) =>
			Object.hasOwn(value, key) ? idsIn(value[key], kind, depth + 1) : [],
		);
	}
	const text = textOf(value) ?? '';
	const address = new RegExp(addressPattern(...kind.collections)).exec(text);
	if (address) return [address[1]];
	return new RegExp(`^${ID}$`).test(text) ? [text] : [];
}

function refusal(value: unknown, found: number, name: string): string {
	if (found) return `${name} is an object with ${found} IDs, not an ID`;
	if (typeof value !== 'string') return `${name} is ${whatItIs(value)}, not an ID`;
	if (!value.trim()) return `${name} is empty`;
	return value.includes('@') ? `${name} is an e-mail address, not an ID` : `${name} is not an ID`;
}
