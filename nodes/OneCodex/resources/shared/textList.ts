import { OneCodexError } from '../../errors/oneCodexError';

/**
 * Texts, of one with commas between or of a list, without what is empty and each once.
 *
 * @param name of the field, for the error
 * @param example of them, for the error
 * @throws OneCodexError (input)
 */
export function textList(value: unknown, name: string, example: string): string[] {
	const parts = Array.isArray(value)
		? (value as unknown[])
		: typeof value === 'string'
			? value.split(',')
			: [value ?? ''];
	const texts = parts.map((part) => {
		if (typeof part === 'string' || typeof part === 'number') return String(part).trim();
		const message = `${name} must be text with commas between, or a list of texts`;
		throw new OneCodexError('input', message, { description: `Give them such as: ${example}.` });
	});
	return [...new Set(texts.filter(Boolean))];
}
