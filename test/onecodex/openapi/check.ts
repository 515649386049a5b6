import { type OutputUnit, type Schema as ValidatedSchema, Validator } from '@cfworker/json-schema';
import { operationOf, schemaOf } from './document';
import type { Schema } from './schema';
import {
	OPEN_TABLES,
	OTHER_ANSWERS,
	TAKE_BARE_IDS,
	UNDOCUMENTED_ROUTES,
	withOpenRows,
} from './slips';
import { answerSchema, bodySchema } from './strict';

export interface CheckedRoute {
	method: string;
	/** With `:name` where a parameter is. */
	path: string;
}

const nameOf = ({ method, path }: CheckedRoute): string => `${method} ${path}`;

const validators = new Map<string, Validator>();

function validator(key: string, schema: () => Schema): Validator {
	const known = validators.get(key);
	if (known) return known;
	const created = new Validator(schema() as ValidatedSchema, '2020-12');
	validators.set(key, created);
	return created;
}

const depthOf = ({ instanceLocation }: OutputUnit): number => instanceLocation.split('/').length;
const isNoNull = ({ error }: OutputUnit): boolean => error.endsWith('Expected "null".');

/**
 * The place and what is wrong with it. The errors lead there one by one: of the deepest the last. That a
 * value is not null either, where it could have been, tells nothing.
 */
function describe(errors: OutputUnit[]): string {
	const telling = errors.filter((error) => !isNoNull(error));
	const most = Math.max(...telling.map(depthOf));
	const { instanceLocation, error } =
		telling.findLast((each) => depthOf(each) === most) ?? errors[0];
	const place = instanceLocation.replace(/^#\/?/, '').replaceAll('/', '.');
	return place ? `${place}: ${error}` : error;
}

function problem(json: unknown, rule: Validator): string | undefined {
	const { valid, errors } = rule.validate(json);
	return valid ? undefined : describe(errors);
}

/** What of a request's body the document does not allow; undefined where it allows it, or has no body. */
export function bodyProblem(route: CheckedRoute, json: unknown): string | undefined {
	const schema = schemaOf(operationOf(route.method, route.path)?.requestBody);
	if (!schema) return undefined;
	const name = nameOf(route);
	const rule = validator(`body of ${name}`, () => bodySchema(schema, TAKE_BARE_IDS.includes(name)));
	return problem(json, rule);
}

/** What of a successful answer the document does not allow; undefined where it allows it. */
export function answerProblem(
	route: CheckedRoute,
	{ status, body }: { status: number; body?: unknown },
): string | undefined {
	const name = nameOf(route);
	if (UNDOCUMENTED_ROUTES.includes(name)) return undefined;
	const operation = operationOf(route.method, route.path);
	if (!operation) return `${name} is no route of the document`;
	const response = operation.responses[status];
	if (!response) return `${name} has no answer of ${status} in the document`;
	const schema = OTHER_ANSWERS[name] ?? schemaOf(response);
	if (!schema)
		return body === undefined ? undefined : `${name} ${status} has no body in the document`;
	const open = OPEN_TABLES.includes(name) ? withOpenRows(schema) : schema;
	const found = problem(
		body,
		validator(`${status} of ${name}`, () => answerSchema(open)),
	);
	return found && `${name} ${status}: ${found}`;
}
