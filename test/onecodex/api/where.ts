import { isObject, type JsonObject } from './body';
import { ApiError } from './errors';
import type { Comparable, Kind, Kinds } from './kinds';

/** Of a field's values: one, those of a list, or none where it is null. */
type Test = (actual: Comparable[], operands: Comparable[]) => boolean;

const ordered =
	(holds: (actual: Comparable, limit: Comparable) => boolean): Test =>
	(actual, [limit]) =>
		actual.some((each) => holds(each, limit));

const within = (holds: (actual: string, part: string) => boolean): Test =>
	ordered((actual, part) => holds(String(actual), String(part)));

const anyCase = (holds: (actual: string, part: string) => boolean): Test =>
	within((actual, part) => holds(actual.toLowerCase(), part.toLowerCase()));

const PARTS: Record<string, Test> = {
	$contains: within((actual, part) => actual.includes(part)),
	$icontains: anyCase((actual, part) => actual.includes(part)),
	$startswith: within((actual, part) => actual.startsWith(part)),
	$istartswith: anyCase((actual, part) => actual.startsWith(part)),
	$endswith: within((actual, part) => actual.endsWith(part)),
	$iendswith: anyCase((actual, part) => actual.endsWith(part)),
};

/** As in SQL, what is null is neither like a value nor unlike it. */
const OPERATORS: Record<string, Test> = {
	...PARTS,
	$eq: (actual, [wanted]) => actual.includes(wanted),
	$ne: (actual, [wanted]) => actual.length > 0 && !actual.includes(wanted),
	$in: (actual, wanted) => actual.some((each) => wanted.includes(each)),
	$gt: ordered((actual, limit) => actual > limit),
	$gte: ordered((actual, limit) => actual >= limit),
	$lt: ordered((actual, limit) => actual < limit),
	$lte: ordered((actual, limit) => actual <= limit),
	$between: (actual, [from, to]) => actual.some((each) => from <= each && each <= to),
	$containsall: (actual, wanted) => wanted.every((each) => actual.includes(each)),
	$containsany: (actual, wanted) => wanted.some((each) => actual.includes(each)),
};

const LISTS = ['$in', '$between', '$containsall', '$containsany'];
const BOUNDS = ['$gt', '$gte', '$lt', '$lte', '$between'];

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

/** Of a list of references `$contains` asks for a member, of a text for a part of it. */
const isPart = (operator: string, kind: Kind): boolean =>
	Object.hasOwn(PARTS, operator) && !kind.operators.includes('$containsall');

function readOperand(operator: string, kind: Kind): (value: unknown) => Comparable | undefined {
	if (isPart(operator, kind)) {
		return (value) => (typeof value === 'string' && value !== '' ? value : undefined);
	}
	return BOUNDS.includes(operator) ? (kind.bound ?? kind.read) : kind.read;
}

function readOperands(name: string, operator: string, operand: unknown, kind: Kind): Comparable[] {
	const isList = LISTS.includes(operator);
	if (isList && !Array.isArray(operand)) throw refused(name, `${operator} requires a list.`);
	const values = isList ? (operand as unknown[]) : [operand];
	if (operator === '$between' && values.length !== 2) {
		throw refused(name, '$between requires a list of two.');
	}
	const read = readOperand(operator, kind);
	return values.map((value) => {
		const comparable = read(value);
		if (comparable !== undefined) return comparable;
		const expected = isPart(operator, kind) ? 'a string that is not empty' : kind.expected;
		throw refused(name, `${operator} requires ${expected}, not ${JSON.stringify(value)}.`);
	});
}

/** A field's values, as comparable; of a resource's own, so that there is nothing to refuse. */
const valuesOf = (value: unknown, kind: Kind): Comparable[] =>
	[value].flat().flatMap((each) => kind.read(each) ?? []);

function conditionTest(name: string, condition: unknown, kind: Kind): (value: unknown) => boolean {
	const [operator, operand] = operation(name, condition);
	if (kind.crashes?.includes(operator)) throw new Error('Internal server error.');
	if (!kind.operators.includes(operator)) {
		throw refused(name, `${operator} is no operator for this field.`);
	}
	if (operand === null && kind.nullable && ['$eq', '$ne'].includes(operator)) {
		return (value) => (valuesOf(value, kind).length === 0) === (operator === '$eq');
	}
	const operands = readOperands(name, operator, operand, kind);
	return (value) => OPERATORS[operator](valuesOf(value, kind), operands);
}

/**
 * Whether a resource meets every condition of a `where` clause: `{"<field>": <value>}` or
 * `{"<field>": {"<operator>": <operand>}}`.
 *
 * @throws ApiError 400 that names the field or operator that is unknown, or the value of a wrong type;
 * another Error where the service itself fails.
 */
export function parseWhere(where: JsonObject, kinds: Kinds): (resource: JsonObject) => boolean {
	const tests = Object.entries(where).map(([name, condition]) => {
		if (!Object.hasOwn(kinds, name)) throw refused(name, 'this field is unknown.');
		const test = conditionTest(name, condition, kinds[name]);
		return (resource: JsonObject): boolean => test(resource[name]);
	});
	return (resource) => tests.every((test) => test(resource));
}
