/**
 * What an expression may give for a parameter. A value that can be read in one way is taken, whatever
 * its type; of another, an error says what it is.
 */

/** What a value is, as an error says it: `a list of 3`, `undefined`, `the number 5`. */
export function whatItIs(value: unknown): string {
	if (value === undefined || value === null || typeof value === 'boolean') return String(value);
	if (typeof value === 'string') return value.trim() ? 'text' : 'empty';
	if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
	if (Array.isArray(value)) return value.length ? `a list of ${value.length}` : 'an empty list';
	if (Object.prototype.toString.call(value) === '[object Date]') return 'a date';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The same, and of a text its beginning. */
export function shown(value: unknown): string {
	const isText = typeof value === 'string' && value.trim() !== '';
	return isText ? `"${value.trim().slice(0, 40)}"` : whatItIs(value);
}

/** Text without the space around it; of a number its digits; undefined for what is neither. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	const isNumber = typeof value === 'bigint' || Number.isFinite(value);
	return isNumber ? String(value) : undefined;
}

/** Whether nothing was given. A field that was left alone is '' to n8n. */
export function isLeftOut(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || textOf(value) === '';
}

/**
 * The number that digits in a text are, or a bigint is, or what `true` and `false` in a text are;
 * anything else as it is. Not `1.5` or `1.000`, which mean something else where a comma stands for
 * the period.
 */
export function plainValue(value: unknown): unknown {
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^(?:0|[1-9]\d*)$/.test(text)) return Number(text);
	return text === 'true' || text === 'false' ? text === 'true' : value;
}
