import vendors from './one-codex.openapi.json';
import type { Schema } from './schema';

interface Content {
	content?: Record<string, { schema: Schema }>;
}

export interface Operation {
	requestBody?: Content;
	/** By status. */
	responses: Record<string, Content>;
}

/** One Codex's public OpenAPI document, as of 2026; `extract.mjs` beside it says what was left out. */
const { paths, components } = vendors as unknown as {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema> };
};

export const componentSchemas = components.schemas;

/** What the document says of a route, whose path has `:name` for the document's `{name}`. */
export const operationOf = (method: string, path: string): Operation | undefined =>
	paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];

/** The schema of a body, whatever it is in; undefined where there is none. */
export const schemaOf = (content: Content | undefined): Schema | undefined =>
	Object.values(content?.content ?? {})[0]?.schema;
