import { plainValue } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import { isObject } from '../../types';

/**
 * Fields of the user's own: pairs of a name and a value as the editor has them, or an object or its
 * JSON by expression. One Codex takes one level of them: text, numbers, true, false and null.
 *
 * @throws OneCodexError (input) that names the field
 */
export function customFields(value: unknown, name: string): Record<string, unknown> {
	const given = typeof value === 'string' ? parsed(value) : value;
	const fields = pairsIn(given) ?? (isObject(given) ? Object.entries(given) : undefined);
	if (!fields) throw notFields(name);
	for (const [key, one] of fields) {
		if (!key.trim()) throw notFields(name);
		if (isPlain(one)) continue;
		throw new OneCodexError('input', `${name}: "${key}" is no plain value`, {
			description:
				'One Codex takes text, numbers, true, false and null, and nothing within them. Check the value, and the type that is chosen for it.',
		});
	}
	return Object.fromEntries(fields.map(([key, one]) => [key.trim(), one]));
}

/** JSON has no number for what is none, nor for what is infinite. */
const isPlain = (value: unknown): boolean =>
	value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);

/** A list of pairs, as it is or as the editor has it; undefined for anything else. */
function pairsIn(value: unknown): Array<[string, unknown]> | undefined {
	const list = isObject(value) && Array.isArray(value.assignments) ? value.assignments : value;
	if (!Array.isArray(list)) return undefined;
	return (list as unknown[]).map((entry) => {
		const { name, key = name, value: one = '', type } = isObject(entry) ? entry : {};
		return [
			typeof key === 'string' || typeof key === 'number' ? String(key) : '',
			ofType(one, type),
		];
	});
}

/** The editor keeps what was typed as it was, whatever type is chosen for it then. */
function ofType(value: unknown, type: unknown): unknown {
	if (typeof value !== 'string' || type === undefined || type === 'string') return value;
	if (value.trim() === '') return null;
	const read = type === 'number' ? Number(value) : plainValue(value);
	// Not what was chosen, or a list or an object, of which One Codex keeps none.
	return typeof read === type ? read : {};
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

function notFields(name: string): OneCodexError {
	return new OneCodexError('input', `${name} must be pairs of a name and a value`, {
		description: 'Give each a name, or by expression an object such as { "ward": "ICU 2" }.',
	});
}
