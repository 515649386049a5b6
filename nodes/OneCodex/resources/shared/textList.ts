import { textOf } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';

/**
 * Texts, of one with commas between or of a list, without what is empty and each once.
 *
 * @param name of the field, for the error
 * @param example of them, for the error
 * @throws OneCodexError (input)
 */
export function textList(value: unknown, name: string, example: string): string[] {
	const texts = partsOf(value).map((part) => {
		const text = textOf(part);
		if (text !== undefined) return text;
		const message = `${name} must be text with commas between, or a list of texts`;
		throw new OneCodexError('input', message, { description: `Give them such as: ${example}.` });
	});
	return [...new Set(texts.filter(Boolean))];
}

function partsOf(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	if (typeof value !== 'string') return [value ?? ''];
	return listIn(value) ?? value.split(',');
}

/** A list as JSON, such as a model writes it. */
function listIn(text: string): unknown[] | undefined {
	if (!text.trim().startsWith('[')) return undefined;
	try {
		return JSON.parse(text) as unknown[];
	} catch {
		return undefined;
	}
}
