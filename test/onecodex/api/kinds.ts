import { isObject } from './body';

/** What values are compared as: instants by their milliseconds, references by their path, booleans as 0 and 1. */
export type Comparable = string | number;

/** A kind of field: what a value of it looks like, and what a query may ask of it. */
export interface Kind {
	/** Named in the message that refuses anything else. */
	expected: string;
	operators: string[];
	/** Operators that are no error of the client's, but bring the server down: 500. */
	crashes?: string[];
	sortable: boolean;
	/** Whether `null` may be asked for: where there is no value. */
	nullable: boolean;
	/** undefined for what is no value of this kind; of a list, for what is no member. */
	read(value: unknown): Comparable | undefined;
	/** The same of what values are compared with; default: as `read`. */
	bound?(value: unknown): Comparable | undefined;
}

/** The kinds of a resource's fields, by name; a field that is not here cannot be asked for. */
export type Kinds = Record<string, Kind>;

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const ID = /^[a-f0-9]{16}$/;

/**
 * The operators are those that the vendor's client names for each type (onecodex/models/filters.py),
 * "exhaustively verified" against the service by its authors in June 2026.
 */
const EXACT = ['$eq', '$ne'];
const LISTED = [...EXACT, '$in'];
const ORDERED = [...LISTED, '$lt', '$lte', '$gt', '$gte', '$between'];
const AT_AN_END = ['$startswith', '$istartswith', '$endswith', '$iendswith'];
const WITHIN = ['$contains', '$icontains'];

const plain = { sortable: true, nullable: false };
const matching = (pattern: RegExp, value: unknown) =>
	typeof value === 'string' && pattern.test(value) ? value : undefined;

export const text: Kind = {
	...plain,
	expected: 'a string',
	operators: [...LISTED, ...WITHIN, ...AT_AN_END],
	read: (value) => (typeof value === 'string' ? value : undefined),
};

/** "The API only supports exact-match" for e-mails (`Users.where` in the vendor's client). */
export const email: Kind = { ...text, operators: EXACT };

/** One of these values: anything else cannot be asked for, but parts of them can. */
export const choice = (values: string[]): Kind => ({
	...text,
	expected: `one of ${values.map((value) => `"${value}"`).join(', ')}`,
	read: (value) => values.find((each) => each === value),
});

/** A column of the database's own type for a choice, to which the server asks what it cannot answer. */
export const column = (values: string[]): Kind => ({
	...choice(values),
	operators: [...LISTED, ...WITHIN],
	crashes: AT_AN_END,
});

export const number: Kind = {
	...plain,
	expected: 'a number',
	operators: ORDERED,
	read: (value) => (typeof value === 'number' ? value : undefined),
};

export const integer: Kind = {
	...number,
	expected: 'an integer',
	read: (value) => (Number.isSafeInteger(value) ? (value as number) : undefined),
	bound: number.read,
};

export const boolean: Kind = {
	...plain,
	expected: 'true or false',
	operators: EXACT,
	read: (value) => (typeof value === 'boolean' ? Number(value) : undefined),
};

export const instant: Kind = {
	...plain,
	expected: 'a date-time of RFC 3339',
	operators: ORDERED,
	read: (value) => {
		const at = Date.parse(matching(RFC_3339, value) ?? '');
		return Number.isNaN(at) ? undefined : at;
	},
};

const pathOf = (collection: string) => new RegExp(`^/api/v1/${collection}/[a-f0-9]{16}$`);

/** A resource's own `$uri`. */
export const uri = (collection: string): Kind => ({
	...plain,
	expected: `"/api/v1/${collection}/<id>"`,
	operators: LISTED,
	read: (value) => matching(pathOf(collection), value),
});

/** Another resource: `{"$ref": "/api/v1/<collection>/<id>"}`, or its bare id, which the vendor's client sends. */
export const reference = (collection: string): Kind => ({
	...plain,
	expected: `{"$ref": "/api/v1/${collection}/<id>"}`,
	operators: LISTED,
	read: (value) => {
		const id = matching(ID, value);
		if (id !== undefined) return `/api/v1/${collection}/${id}`;
		return isObject(value) && Object.keys(value).length === 1
			? matching(pathOf(collection), value.$ref)
			: undefined;
	},
});

/** A list of other resources. */
export const references = (collection: string): Kind => ({
	...reference(collection),
	operators: ['$contains', '$containsall', '$containsany'],
	sortable: false,
});
