import { componentSchemas } from '../openapi/document';
import queries from '../openapi/queries.json';
import {
	boolean,
	choice,
	column,
	email,
	instant,
	integer,
	type Kind,
	type Kinds,
	number,
	reference,
	references,
	text,
	uri,
} from './kinds';

/** A field as the older description of the API has it. */
interface Described {
	type: string;
	/** The collection that it refers to. */
	to?: string;
	nullable?: boolean;
}

/** What `where` and `sort` take, by resource: all that is known of it, though of 2025. */
const described = queries as Record<string, { where: Record<string, Described>; sort: string[] }>;

const nullable = true;

/** Fields that came later: the vendor's client asks for them (`where` of each of its models). */
const ADDED: Record<string, Record<string, Described>> = {
	analyses: {
		draft: { type: 'boolean' },
		updated_at: { type: 'date-time', nullable },
	},
	classifications: {
		draft: { type: 'boolean' },
		updated_at: { type: 'date-time', nullable },
	},
	metadata: { updated_at: { type: 'date-time', nullable } },
	projects: { external_id: { type: 'string', nullable } },
	samples: {
		error_msg: { type: 'string', nullable },
		status: { type: 'enum' },
		updated_at: { type: 'date-time', nullable },
	},
};

/** What goes otherwise than by its type, as the vendor's client knows it (tests/test_filters_drift.py). */
const OTHERWISE: Record<
	string,
	Record<string, (kind: Kind, values: string[]) => Kind | undefined>
> = {
	documents: { downloaders: crashing },
	metadata: {
		library_type: (_kind, values) => column(values),
		platform: (_kind, values) => column(values),
		sample_type: (_kind, values) => column(values),
	},
	// "List of plain strings; not filterable".
	projects: { permissions: () => undefined },
	samples: { primary_classification: crashing },
	users: { email: () => email },
};

function crashing(kind: Kind): Kind {
	return { ...kind, operators: [], crashes: kind.operators };
}

/** The values that the API's description allows a field to have. */
function valuesOf(resource: string, name: string): string[] {
	const { enum: values, anyOf = [] } = componentSchemas[resource].properties?.[name] ?? {};
	return [values, ...anyOf.map((each) => each.enum)]
		.flat()
		.filter((each) => typeof each === 'string');
}

function kindOf(resource: string, { type, to = resource }: Described, values: string[]): Kind {
	const kinds: Record<string, Kind> = {
		boolean,
		'date-time': instant,
		enum: choice(values),
		integer,
		number,
		reference: reference(to),
		references: references(to),
		string: text,
		uri: uri(resource),
	};
	return kinds[type];
}

/** The kinds of the fields that a resource has today and that its lists can be asked for. */
export function kindsOf(resource: string): Kinds {
	// Types of analyses that came later are asked for as the others are.
	const { where, sort } = described[resource] ?? described.panels;
	const today = { ...componentSchemas[resource].properties, ...ADDED[resource] };
	const kinds = Object.entries({ ...where, ...ADDED[resource] })
		.filter(([name]) => Object.hasOwn(today, name))
		.map(([name, field]) => {
			const values = valuesOf(resource, name);
			const kind = {
				...kindOf(resource, field, values),
				nullable: field.nullable ?? false,
				sortable: sort.includes(name),
			};
			const otherwise = OTHERWISE[resource]?.[name];
			const changed = otherwise ? otherwise(kind, values) : kind;
			return [name, changed && { ...changed, nullable: kind.nullable, sortable: kind.sortable }];
		});
	return Object.fromEntries(kinds.filter(([, kind]) => kind)) as Kinds;
}
