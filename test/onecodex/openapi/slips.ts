import type { Schema } from './schema';

const ANALYSES = [
	'alignments',
	'analyses',
	'classifications',
	'controls',
	'functional_profiles',
	'mlsts',
	'panels',
	'reports',
	'workflows',
];

/** Routes that the document does not have: it names them in answers only, as `callback_url`. */
export const UNDOCUMENTED_ROUTES = [
	'POST /api/import_file_from_s3',
	'POST /api/v1/documents/:id/import_callback',
];

/** Answers of a route by another schema than the document's, by its `METHOD path`, with the reason. */
export const OTHER_ANSWERS: Record<string, Schema> = {
	// An array in the document. The vendor's client, the older description and every sister route have
	// the one tag that was asked for.
	'GET /api/v1/tags/:id': { $ref: '#/components/schemas/tags' },
	// The document has none: "specific to the current version of the job", as what was recorded.
	'GET /api/v1/functional_profiles/:id/results': {},
	// Plain text.
	...Object.fromEntries(
		ANALYSES.map((analyses) => [`GET /api/v1/${analyses}/:id/logs`, { type: 'string' }]),
	),
};

/** Tables whose columns changed twice in 2026, and are others again in what was recorded. */
export const OPEN_TABLES = ['results', 'raw_results'].map(
	(name) => `GET /api/v1/classifications/:id/${name}`,
);

/** The same table, whose rows may have columns that the document does not know. */
export function withOpenRows(schema: Schema): Schema {
	const { table } = schema.properties ?? {};
	const rows = { ...table.items, additionalProperties: true };
	return { ...schema, properties: { ...schema.properties, table: { ...table, items: rows } } };
}

/** Fields that are served, but which the document hides: the vendor's client reads them. */
export const HIDDEN_FIELDS: Record<string, Record<string, Schema>> = Object.fromEntries(
	ANALYSES.map((analyses) => [
		analyses,
		{
			cost: {
				anyOf: [
					{
						type: 'object',
						properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
						required: ['amount', 'currency'],
					},
					{ type: 'null' },
				],
			},
			dependencies: {
				type: 'array',
				items: {
					type: 'object',
					properties: { $ref: { type: 'string', pattern: '^/api/v1/analyses/[a-f0-9]{16}$' } },
				},
			},
			draft: { type: 'boolean' },
		},
	]),
);

/**
 * The document wants `{"$ref"}`; the vendor's client sends the bare id of a project or sample (its
 * `build_upload_dict` and `Jobs.run`), and the older description took both.
 */
export const BARE_ID: Schema = { type: 'string', pattern: '^[a-f0-9]{16}$' };
export const TAKE_BARE_IDS = [
	'POST /api/v1/samples/import',
	'POST /api/v1/samples/init_multipart_upload',
	'POST /api/v1/samples/init_upload',
	'POST /api/v1/samples/preupload',
	'POST /api/v1/jobs/:id/run',
];

/** `format: uri` stands at every `$ref`, where paths are: as an annotation it is wrong, as a rule worse. */
export const withoutFormat = (schema: Schema): Schema =>
	schema.format === 'uri' ? { ...schema, format: undefined } : schema;
