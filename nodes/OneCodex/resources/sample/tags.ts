import { OneCodexError } from '../../errors/oneCodexError';
import { textList } from '../shared/textList';

/** Characters of a tag (One Codex's OpenAPI document). */
export const LONGEST_TAG = 30;

/**
 * Tags, of text with commas between or of a list, be it as JSON, each once.
 *
 * @param name of the field, for the error
 * @throws OneCodexError (input)
 */
export function tagsOf(value: unknown, name: string): string[] {
	const tags = textList(value, name, 'urgent, ward 7');
	const long = tags.find((tag) => [...tag].length > LONGEST_TAG);
	if (long !== undefined) {
		throw new OneCodexError('input', `${name}: "${long}" has more than ${LONGEST_TAG} characters`, {
			description: `A tag may have ${LONGEST_TAG} at most.`,
		});
	}
	return tags;
}
