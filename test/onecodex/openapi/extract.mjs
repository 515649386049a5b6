/**
 * Takes what the stand-in needs out of One Codex's own descriptions of its API, as of 2026:
 *
 *   node test/onecodex/openapi/extract.mjs <OpenAPI document> <the older Potion schema>
 *
 * The first is public, and what the answers and bodies are checked against; texts for readers are left
 * out. The second (2025) is the only one that says which fields `where` and `sort` take.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const RESOURCES =
	/^\/api\/v1\/(account|users|documents|samples|metadata|tags|projects|jobs|analyses|classifications|panels|alignments|functional_profiles|mlsts|workflows|controls|reports)(\/|$)/;
const FOR_READERS = ['title', 'description', 'example', 'summary', 'operationId'];
const MAPS = ['properties', 'schemas', 'paths', 'responses', 'content'];

/** Without the texts, but with the properties that are named like them. */
function bare(value, isMap = false) {
	if (Array.isArray(value)) return value.map((each) => bare(each));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => isMap || !FOR_READERS.includes(key))
			.map(([key, each]) => [key, bare(each, !isMap && MAPS.includes(key))]),
	);
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
async function write(name, value) {
	const path = new URL(name, import.meta.url).pathname;
	const options = { parser: 'json', useTabs: true, printWidth: 100 };
	writeFileSync(path, await format(JSON.stringify(value), options));
}

/** One way to ask for a field: a value or a closed object of one operator. */
const operatorOf = ({ properties, required }) =>
	required?.[0]?.startsWith('$') ? [required[0], properties[required[0]]] : undefined;
const typesOf = (schema) => [schema.type ?? schema.anyOf?.map(({ type }) => type) ?? []].flat(2);

function field({ anyOf }) {
	const operators = anyOf.map(operatorOf).filter(Boolean);
	const value = anyOf.find((each) => !operatorOf(each)) ?? operators[0][1];
	const types = typesOf(value);
	const to = /\^\/api\/v1\/(\w+)\\\/\[\^\/\]\+\$/.exec(
		JSON.stringify(value).replaceAll('\\\\', '\\'),
	)?.[1];
	const isList = operators[0][0] === '$contains';
	const type =
		(to && types.includes('object') && (isList ? 'references' : 'reference')) ||
		(to && 'uri') ||
		(value.enum && 'enum') ||
		(value.format === 'date-time' && 'date-time') ||
		types.find((each) => each !== 'null');
	return {
		type,
		...(to && { to }),
		...(types.includes('null') && { nullable: true }),
		operators: operators.map(([name]) => name),
	};
}

const [, , documentPath, potionPath] = process.argv;
const { openapi, info, paths, components } = read(documentPath);
const kept = Object.entries(paths).filter(([path]) => RESOURCES.test(path));
const text = JSON.stringify(kept);
const named = Object.keys(components.schemas).filter((name) =>
	text.includes(`"#/components/schemas/${name}"`),
);
const schemas = Object.fromEntries(named.map((name) => [name, components.schemas[name]]));
await write('one-codex.openapi.json', {
	openapi,
	info: { title: info.title, version: info.version },
	...bare({ paths: Object.fromEntries(kept), components: { schemas } }),
});

const queries = {};
for (const [resource, { links = [] }] of Object.entries(read(potionPath).properties)) {
	const query = links.find(({ rel }) => rel === 'instances')?.schema?.properties;
	if (!query?.where || !schemas[resource]) continue;
	const where = Object.entries(query.where.properties).map(([name, schema]) => [
		name,
		field(schema),
	]);
	queries[resource] = {
		where: Object.fromEntries(where),
		sort: Object.keys(query.sort.properties),
	};
}
await write('queries.json', queries);
