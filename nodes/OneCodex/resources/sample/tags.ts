import { textOf } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';

/** Characters of a tag (One Codex's OpenAPI document). */
export const LONGEST_TAG = 30;

/**
 * Tags, of text with commas between or of a list, be it as JSON, each once.
 *
 * @param name of the field, for the error
 * @throws OneCodexError (input)
 */
export function tagsOf(value: unknown, name: string): string[] {
	const tags = partsOf(value).map((tag) => {
		const text = textOf(tag);
		if (text !== undefined) return text;
		throw new OneCodexError(
			'input',
			`${name} must be text with commas between, or a list of texts`,
			{
				description: 'Give them such as: urgent, ward 7.',
			},
		);
	});
	const long = tags.find((tag) => [...tag].length > LONGEST_TAG);
	if (long !== undefined) {
		throw new OneCodexError('input', `${name}: "${long}" has more than ${LONGEST_TAG} characters`, {
			description: `A tag may have ${LONGEST_TAG} at most.`,
		});
	}
	return [...new Set(tags.filter(Boolean))];
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
