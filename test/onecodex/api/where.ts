import { isObject, type JsonObject } from './body';
import { ApiError } from './errors';
import type { Comparable, Kind, Kinds } from './kinds';

type Test = (actual: Comparable, operands: Comparable[]) => boolean;

const OPERATORS: Record<string, Test> = {
	$eq: (actual, [wanted]) => actual === wanted,
	$in: (actual, wanted) => wanted.includes(actual),
	$gt: (actual, [limit]) => actual > limit,
	$gte: (actual, [limit]) => actual >= limit,
	$lt: (actual, [limit]) => actual < limit,
	$lte: (actual, [limit]) => actual <= limit,
	$between: (actual, [from, to]) => from <= actual && actual <= to,
	$contains: (actual, [part]) => String(actual).includes(String(part)),
	$icontains: (actual, [part]) => String(actual).toLowerCase().includes(String(part).toLowerCase()),
};

const refused = (name: string, problem: string): ApiError =>
	new ApiError(400, `where: ${name}: ${problem}`);

/**
 * The one operator of a condition, and its operand. Flask-Potion's schema for a condition allows no
 * second one (`additionalProperties: false` in its filters.py): a range is a `$between`.
 */
function operation(name: string, condition: unknown): [operator: string, operand: unknown] {
	if (!isObject(condition) || Object.hasOwn(condition, '$ref')) return ['$eq', condition];
	const entries = Object.entries(condition);
	if (entries.length !== 1) {
		throw refused(name, `one operator is required, not ${entries.length}.`);
	}
	return entries[0];
}

function readOperands(name: string, operator: string, operand: unknown, kind: Kind): Comparable[] {
	const isList = operator === '$in' || operator === '$between';
	if (isList && !Array.isArray(operand)) throw refused(name, `${operator} requires a list.`);
	const values = isList ? (operand as unknown[]) : [operand];
	if (operator === '$between' && values.length !== 2) {
		throw refused(name, '$between requires a list of two.');
	}
	return values.map((value) => {
		const read = kind.read(value);
		if (read === undefined || (operator.endsWith('contains') && read === '')) {
			throw refused(name, `${operator} requires ${kind.expected}, not ${JSON.stringify(value)}.`);
		}
		return read;
	});
}

/**
 * Whether a resource meets every condition of a `where` clause: `{"<field>": <value>}` or
 * `{"<field>": {"<operator>": <operand>}}`.
 *
 * @throws ApiError 400 that names the field or operator that is unknown, or the value of a wrong type.
 */
export function parseWhere(where: JsonObject, kinds: Kinds): (resource: JsonObject) => boolean {
	const tests = Object.entries(where).map(([name, condition]) => {
		if (!Object.hasOwn(kinds, name)) throw refused(name, 'this field is unknown.');
		const kind = kinds[name];
		const [operator, operand] = operation(name, condition);
		if (!kind.operators.includes(operator)) {
			throw refused(name, `${operator} is no operator for this field.`);
		}
		const operands = readOperands(name, operator, operand, kind);
		return (resource: JsonObject): boolean => {
			const actual = kind.read(resource[name]);
			return actual !== undefined && OPERATORS[operator](actual, operands);
		};
	});
	return (resource) => tests.every((test) => test(resource));
}
