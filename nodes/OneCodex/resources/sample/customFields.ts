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
	if (!isObject(given)) throw notFields(name);
	const fields: Array<[string, unknown]> =
		'field' in given && Array.isArray(given.field)
			? given.field.map(pair(name))
			: Object.entries(given);
	for (const [key, one] of fields) {
		if (!key.trim()) throw notFields(name);
		const isPlain = one === null || ['string', 'number', 'boolean'].includes(typeof one);
		if (isPlain) continue;
		throw new OneCodexError('input', `${name}: "${key}" is no plain value`, {
			description: 'One Codex takes text, numbers, true, false and null, and nothing within them.',
		});
	}
	return Object.fromEntries(fields);
}

const pair =
	(name: string) =>
	(entry: unknown): [string, unknown] => {
		const { key, value } = isObject(entry) ? entry : {};
		if (typeof key !== 'string' && typeof key !== 'number') throw notFields(name);
		return [String(key), value ?? ''];
	};

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
