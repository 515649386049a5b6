import type { INodeExecutionData } from 'n8n-workflow';

import { textOf, whatItIs } from '../errors/given';
import { OneCodexError } from '../errors/oneCodexError';
import { isObject } from '../types';
import { filesOf, findFile, shortName, type NamedFile } from './itemFiles';

/** What an Input Binary Field parameter names; `data` is undefined where the item has no such file. */
export interface SelectedBinary {
	binaryPropertyName: string;
	/** A binary object, if it is one: whoever makes items may put anything in its place. */
	data?: unknown;
}

/**
 * The files that an Input Binary Field parameter names: one field, several with commas between,
 * `*` for all files of the item, or by expression a binary object (or a list of any of these). A
 * field that is named more than once is one file.
 *
 * @throws OneCodexError (input) where it names nothing at all
 */
export function selectBinaries(item: INodeExecutionData, parameter: unknown): SelectedBinary[] {
	const names = new Set<string>();
	return named(item, parameter).filter(({ binaryPropertyName, data }) => {
		// A copy that somebody gave another name or type is meant as a file of its own.
		if (data !== findFile(item, binaryPropertyName)) return true;
		const name = shortName(item, binaryPropertyName);
		const isNew = !names.has(name);
		names.add(name);
		return isNew;
	});
}

function named(item: INodeExecutionData, parameter: unknown): SelectedBinary[] {
	if (Array.isArray(parameter) && parameter.length) {
		return parameter.flatMap((one) => named(item, one));
	}
	if (isObject(parameter)) return [meant(item, parameter)];
	const text = textOf(parameter);
	// A field's name may have spaces around it, and a form's field label may hold a comma.
	const whole = [parameter, text].find(
		(name): name is string => typeof name === 'string' && findFile(item, name) !== undefined,
	);
	const names = whole ? [whole] : (text ?? '').split(/\s*,\s*/).filter(Boolean);
	if (!names.length) throw namesNothing(item, parameter);
	return names.flatMap((name) =>
		name === '*' && !whole
			? everyFile(item)
			: [{ binaryPropertyName: name, data: findFile(item, name) }],
	);
}

function everyFile(item: INodeExecutionData): SelectedBinary[] {
	const all = filesOf(item);
	if (all.length) return all.map(([binaryPropertyName, data]) => ({ binaryPropertyName, data }));
	throw new OneCodexError('input', 'Input Binary Field is *, but the item has no file', {
		description: filesHint(item),
	});
}

function namesNothing(item: INodeExecutionData, parameter: unknown): OneCodexError {
	const facts = { description: filesHint(item) };
	if (typeof parameter === 'string') {
		return new OneCodexError('input', 'Input Binary Field is empty', facts);
	}
	const message = `Input Binary Field is ${whatItIs(parameter)}, not the name of a field`;
	return new OneCodexError('input', message, facts);
}

/**
 * The one file that a parameter names, for operations that chain one item to one.
 *
 * @throws OneCodexError (input) where it names several
 */
export function selectOneBinary(
	item: INodeExecutionData,
	parameter: unknown,
	operation: string,
): SelectedBinary {
	const [binary, ...others] = selectBinaries(item, parameter);
	if (!others.length) return binary;
	const count = others.length + 1;
	throw new OneCodexError('input', `${operation} takes one file of an item, not ${count}`, {
		description: 'Name one file in Input Binary Field, or use Upload Document for several.',
	});
}

/** What n8n's `$binary` gives lacks `data`: it is the one file that is the same in all else. */
function meant(item: INodeExecutionData, object: Record<string, unknown>): SelectedBinary {
	const isInline = object.id === undefined && object.data !== undefined;
	const alike = isInline ? [] : filesOf(item).filter(([, file]) => isAlike(object, file));
	if (alike.length !== 1) return { binaryPropertyName: nameOf(item, object), data: object };
	const [[binaryPropertyName, data]] = alike;
	return { binaryPropertyName, data };
}

function isAlike(object: Record<string, unknown>, file: unknown): boolean {
	if (!isObject(file)) return false;
	const keys = Object.keys({ ...object, ...file }).filter((key) => key !== 'data');
	return keys.length > 0 && keys.every((key) => object[key] === file[key]);
}

function nameOf(item: INodeExecutionData, data: Record<string, unknown>): string {
	const same = ([, other]: NamedFile) =>
		other === data || (isObject(other) && data.id !== undefined && other.id === data.id);
	return filesOf(item).find(same)?.[0] ?? '';
}

/** What to name instead. */
export function filesHint(item: INodeExecutionData): string {
	const names = filesOf(item).map(([name]) => name);
	if (!names.length) return 'The item has no files. Connect a node that gives one.';
	return `The item has files in: ${names.join(', ')}. Use one of these, or * for all.`;
}
