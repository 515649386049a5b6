import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../types';
import { atPath, stepsOf } from './atPath';

/** Where n8n's `combined` binary mode keeps the files of an item, in its JSON. */
const FILES_IN_JSON = '_files';

/** A file, or what somebody put in its place, by the name that finds it. */
export type NamedFile = [name: string, data: unknown];

/** Every file of the item, by field name, or by path for those that live in the JSON. */
export function filesOf(item: INodeExecutionData): NamedFile[] {
	const inJson = item.json?.[FILES_IN_JSON];
	return [
		...Object.entries(item.binary ?? {}).filter(([, data]) => data !== undefined),
		...Object.entries(isObject(inJson) ? inJson : {})
			.filter(([, data]) => mayBeFile(data))
			.map(([name, data]): NamedFile => [`${FILES_IN_JSON}${step(name)}`, data]),
		// Edit Fields puts one beside the other fields there.
		...Object.entries(item.json ?? {}).filter(([, data]) => isStoredFile(data)),
	];
}

/** A binary field, a path in the JSON, or a field's name where the files are in the JSON. */
export function findFile(item: INodeExecutionData, name: string): unknown {
	if (Object.hasOwn(item.binary ?? {}, name)) return item.binary?.[name];
	const files = item.json?.[FILES_IN_JSON];
	const there = atPath(item.json, name);
	const isBelowFiles = stepsOf(name)[0] === FILES_IN_JSON;
	if (isBinaryValue(there) || (isBelowFiles && mayBeFile(there))) return there;
	const below = atPath(files, name);
	return mayBeFile(below) ? below : undefined;
}

/** One name for all names of a field: what is in `_files` is found without that step, too. */
export function shortName(item: INodeExecutionData, name: string): string {
	const [root, ...steps] = stepsOf(name);
	const short = steps.join('.');
	const isSame = root === FILES_IN_JSON && findFile(item, short) === findFile(item, name);
	return isSame ? short : name;
}

/** What of the item's JSON holds its files, or the one of that name: for an output that is to keep them. */
export function jsonWithFiles(item: INodeExecutionData, name: unknown): IDataObject {
	const root = typeof name === 'string' ? stepsOf(name.trim())[0] : undefined;
	const holdsFile = ([key, value]: [string, unknown]) =>
		key === FILES_IN_JSON ||
		isStoredFile(value) ||
		(key === root && isBinaryValue(atPath(item.json, String(name).trim())));
	return Object.fromEntries(Object.entries(item.json).filter(holdsFile));
}

/** As it stands in a path. */
function step(name: string): string {
	return /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** What n8n takes for a file wherever it is in the JSON. */
function isBinaryValue(value: unknown): boolean {
	return isObject(value) && 'mimeType' in value && ('data' in value || 'id' in value);
}

/** One that nothing else looks like: what services give has an `id` and a `mimeType`, too. */
function isStoredFile(value: unknown): boolean {
	return isBinaryValue(value) && isObject(value) && /^[a-z0-9-]+:./.test(String(value.id));
}

function mayBeFile(value: unknown): boolean {
	return isObject(value) && ('mimeType' in value || 'data' in value || 'id' in value);
}
