import { isObject } from './body';

/** What values are compared as: instants by their milliseconds, references by their path. */
export type Comparable = string | number;

/** A kind of field: what a value of it looks like, and what a query may ask of it. */
export interface Kind {
	/** Named in the message that refuses anything else. */
	expected: string;
	operators: string[];
	sortable: boolean;
	/** undefined for what is no value of this kind. */
	read(value: unknown): Comparable | undefined;
}

/** The kinds of a resource's fields, by name; a field that is not here cannot be asked for. */
export type Kinds = Record<string, Kind>;

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const EXACT = ['$eq', '$in'];
const ORDERED = [...EXACT, '$gt', '$gte', '$lt', '$lte', '$between'];

const readString = (value: unknown) => (typeof value === 'string' ? value : undefined);
const matching = (pattern: RegExp, value: unknown) =>
	typeof value === 'string' && pattern.test(value) ? value : undefined;

/** The operators are those that the vendor's client names for each type (onecodex/models/filters.py). */
export const text: Kind = {
	expected: 'a string',
	operators: [...EXACT, '$contains', '$icontains'],
	sortable: true,
	read: readString,
};

/** "The API only supports exact-match" for e-mails (`Users.where` in the vendor's client). */
export const email: Kind = { ...text, operators: ['$eq'] };

export const integer: Kind = {
	expected: 'an integer',
	operators: ORDERED,
	sortable: true,
	read: (value) => (Number.isSafeInteger(value) ? (value as number) : undefined),
};

export const instant: Kind = {
	expected: 'a date-time of RFC 3339',
	operators: ORDERED,
	sortable: true,
	read: (value) => {
		const at = Date.parse(matching(RFC_3339, value) ?? '');
		return Number.isNaN(at) ? undefined : at;
	},
};

const pathOf = (collection: string) => new RegExp(`^/api/v1/${collection}/[a-f0-9]{16}$`);

/** A resource's own `$uri`. */
export const uri = (collection: string): Kind => ({
	expected: `"/api/v1/${collection}/<id>"`,
	operators: EXACT,
	sortable: false,
	read: (value) => matching(pathOf(collection), value),
});

/** Another resource: `{"$ref": "/api/v1/<collection>/<id>"}`. */
export const reference = (collection: string): Kind => ({
	expected: `{"$ref": "/api/v1/${collection}/<id>"}`,
	operators: EXACT,
	sortable: false,
	read: (value) =>
		isObject(value) && Object.keys(value).length === 1
			? matching(pathOf(collection), value.$ref)
			: undefined,
});
