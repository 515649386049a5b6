import { OneCodexError } from '../../errors/oneCodexError';

/** Characters of a tag (One Codex's OpenAPI document). */
const LONGEST = 30;

/**
 * Tags, of text with commas between or of a list, each once.
 *
 * @param name of the field, for the error
 * @throws OneCodexError (input)
 */
export function tagsOf(value: unknown, name: string): string[] {
	const parts = Array.isArray(value)
		? (value as unknown[])
		: typeof value === 'string'
			? value.split(',')
			: [value ?? ''];
	const tags = parts.map((tag) => {
		if (typeof tag === 'string' || typeof tag === 'number') return String(tag).trim();
		throw new OneCodexError(
			'input',
			`${name} must be text with commas between, or a list of texts`,
			{
				description: 'Give them such as: urgent, ward 7.',
			},
		);
	});
	const long = tags.find((tag) => [...tag].length > LONGEST);
	if (long !== undefined) {
		throw new OneCodexError('input', `${name}: "${long}" has more than ${LONGEST} characters`, {
			description: `A tag may have ${LONGEST} at most.`,
		});
	}
	return [...new Set(tags.filter(Boolean))];
}
