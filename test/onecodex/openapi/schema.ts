/** A schema of JSON Schema 2020-12, as far as the document goes. */
export interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	pattern?: string;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean | Schema;
	items?: Schema;
	anyOf?: Schema[];
	[keyword: string]: unknown;
}

/** The same schema after a change to each of its own, the innermost first. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
	const inside = (each: Schema): Schema => mapSchema(each, change);
	const { properties, items, anyOf, additionalProperties: others } = schema;
	return change({
		...schema,
		...(properties && {
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, each]) => [name, inside(each)]),
			),
		}),
		...(items && { items: inside(items) }),
		...(anyOf && { anyOf: anyOf.map(inside) }),
		...(typeof others === 'object' && { additionalProperties: inside(others) }),
	});
}

/** The collection that a schema's `$ref` property leads to; undefined unless it has that one alone. */
export function collectionOf({ properties }: Schema): string | undefined {
	if (!properties || Object.keys(properties).join() !== '$ref') return undefined;
	return /^\^\/api\/v1\/(\w+)\//.exec(properties.$ref.pattern ?? '')?.[1];
}
