/** One step of a path: a name, `[0]`, or a name in quotes, which may hold periods and brackets. */
const STEP = /\[(?:(["'])((?:\\.|(?!\1)[^\\])*)\1|([^[\]]*))\]|[^.[\]]+/g;

/** The steps of a path as n8n's own nodes read it (lodash): `a.b`, `a[0].b`, `a["b.c"]`. */
export function stepsOf(path: string): string[] {
	return Array.from(path.matchAll(STEP), ([step, quote, quoted, inBrackets]) =>
		quote ? quoted.replace(/\\(.)/g, '$1') : (inBrackets ?? step),
	);
}

/** What is at a path; a key that is called like the whole path comes first, as it does in n8n. */
export function atPath(json: unknown, path: string): unknown {
	const whole = ownValue(json, path);
	if (whole !== undefined) return whole;
	const steps = stepsOf(path);
	return steps.length ? steps.reduce(ownValue, json) : undefined;
}

/** Nothing that all objects have: the path may be any text. */
function ownValue(value: unknown, key: string): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
	return (value as Record<string, unknown>)[key];
}
