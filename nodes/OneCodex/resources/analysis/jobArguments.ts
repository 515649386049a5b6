import type { IDataObject } from 'n8n-workflow';

import { objectOf } from '../../api/answers/shape';
import { shown, whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import { isObject } from '../../types';

/**
 * The arguments for a job, of an object or its JSON; none for an empty text.
 *
 * @throws OneCodexError (input)
 */
export function argumentsOf(value: unknown): IDataObject {
	const given = typeof value === 'string' ? parsed(value.trim() || '{}') : value;
	if (isObject(given)) return given;
	const message =
		given === NO_JSON
			? 'Arguments is not valid JSON'
			: `Arguments is ${whatItIs(given)}, not an object`;
	throw new OneCodexError('input', message, {
		description: 'Give the name and value of each, such as { "depth": 5 }, or {} for none.',
	});
}

const NO_JSON = Symbol('no JSON');

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return NO_JSON;
	}
}

/** What a job says of one of its arguments, as far as it is checked here. */
interface Argument {
	types: string[];
	values?: unknown[];
	isRequired: boolean;
}

/**
 * Checks arguments against the job's own JSON Schema as far as types, required ones and lists of
 * values go; the rest is for One Codex to say. What has a default need not be given.
 *
 * @throws OneCodexError (input) that names the argument
 */
export function checkArguments(schema: unknown, given: IDataObject): void {
	const takes = argumentsIn(schema);
	for (const [name, { types, values, isRequired }] of takes) {
		const value = Object.hasOwn(given, name) ? given[name] : undefined;
		if (value === undefined) {
			if (isRequired) throw argumentError(`Arguments: "${name}" is missing`, takes);
			continue;
		}
		if (types.length && !types.some((type) => isOfType(value, type))) {
			throw argumentError(
				`Arguments: "${name}" must be of the type ${types.join(' or ')}, not ${shown(value)}`,
				takes,
			);
		}
		if (values && !values.some((each) => JSON.stringify(each) === JSON.stringify(value))) {
			throw argumentError(
				`Arguments: "${name}" must be one of ${listed(values)}, not ${shown(value)}`,
				takes,
			);
		}
	}
}

function argumentsIn(schema: unknown): Map<string, Argument> {
	const takes = new Map<string, Argument>();
	for (const { properties, required } of groupsOf(objectOf(schema))) {
		const needed = Array.isArray(required) ? required : [];
		for (const [name, property] of Object.entries(objectOf(properties))) {
			const { type, enum: values, default: fallback } = objectOf(property);
			takes.set(name, {
				types: [type].flat().filter((each) => typeof each === 'string'),
				...(Array.isArray(values) && { values }),
				isRequired: needed.includes(name) && fallback === undefined,
			});
		}
	}
	return takes;
}

/** A schema has its properties itself, or in groups that it is all of, among its definitions. */
function groupsOf(schema: IDataObject): IDataObject[] {
	const definitions = { ...objectOf(schema.definitions), ...objectOf(schema.$defs) };
	const named = (Array.isArray(schema.allOf) ? schema.allOf : []).map((each) => {
		const { $ref } = objectOf(each);
		return objectOf(typeof $ref === 'string' ? definitions[$ref.split('/').at(-1) ?? ''] : each);
	});
	if (named.length || schema.properties !== undefined) return [schema, ...named];
	return Object.values(definitions).map(objectOf);
}

function isOfType(value: unknown, type: string): boolean {
	switch (type) {
		case 'string':
		case 'boolean':
		case 'number':
			return typeof value === type;
		case 'integer':
			return Number.isInteger(value);
		case 'array':
			return Array.isArray(value);
		case 'object':
			return isObject(value);
		case 'null':
			return value === null;
		default:
			return true;
	}
}

const listed = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');

function argumentError(message: string, takes: Map<string, Argument>): OneCodexError {
	const all = [...takes].map(([name, { types, values, isRequired }]) => {
		const facts = [
			values ? `one of ${listed(values)}` : types.join(' or '),
			isRequired && 'required',
		];
		return `${name} (${facts.filter(Boolean).join(', ') || 'any'})`;
	});
	return new OneCodexError('input', message, {
		description: `The job takes ${all.join(', ')}.`,
	});
}
