import { componentSchemas } from './document';
import { collectionOf, mapSchema, type Schema } from './schema';
import { BARE_ID, HIDDEN_FIELDS, withoutFormat } from './slips';

const local = (schema: Schema): Schema =>
	schema.$ref
		? { ...schema, $ref: schema.$ref.replace('#/components/schemas/', '#/$defs/') }
		: schema;

/**
 * What has properties has no other ones. The document says so in one place only, but the older
 * description did of every body, and a name that is misspelt has to be seen.
 */
const closed = (schema: Schema): Schema =>
	schema.properties && schema.additionalProperties === undefined
		? { ...schema, additionalProperties: false }
		: schema;

/** As a body names it: the document's reference may be `{}`, which names nothing. */
const named = (schema: Schema): Schema =>
	collectionOf(schema) ? { ...schema, required: ['$ref'] } : schema;

/** As an answer gives it: a reference, or with `expand=all` what it refers to. */
function perhapsExpanded(schema: Schema): Schema {
	const collection = collectionOf(schema);
	if (!collection) return schema;
	return { anyOf: [named(schema), { $ref: `#/$defs/${collection}` }] };
}

const takingBareIds = (schema: Schema): Schema =>
	['projects', 'samples'].includes(collectionOf(schema) ?? '')
		? { anyOf: [schema, BARE_ID] }
		: schema;

const inAnswers = (schema: Schema): Schema =>
	mapSchema(schema, (each) => perhapsExpanded(closed(local(withoutFormat(each)))));

function withHiddenFields(name: string, schema: Schema): Schema {
	const properties = { ...schema.properties, ...HIDDEN_FIELDS[name] };
	return { ...schema, properties };
}

const $defs = Object.fromEntries(
	Object.entries(componentSchemas).map(([name, schema]) => [
		name,
		inAnswers(withHiddenFields(name, schema)),
	]),
);

/** A schema of the document as a rule for the stand-in's own answers. */
export const answerSchema = (schema: Schema): Schema => ({ ...inAnswers(schema), $defs });

/** A schema of the document as a rule for what clients send. */
export const bodySchema = (schema: Schema, bareIds: boolean): Schema => ({
	...mapSchema(schema, (each) => {
		const strict = named(closed(local(withoutFormat(each))));
		return bareIds ? takingBareIds(strict) : strict;
	}),
	$defs,
});
