import { OneCodexError } from '../../errors/oneCodexError';
import { textList } from '../shared/textList';

/** Characters of a tag (One Codex's OpenAPI document). */
const LONGEST = 30;

/**
 * Tags, of text with commas between or of a list, be it as JSON, each once.
 *
 * @param name of the field, for the error
 * @throws OneCodexError (input)
 */
export function tagsOf(value: unknown, name: string): string[] {
	const tags = textList(value, name, 'urgent, ward 7');
	const long = tags.find((tag) => [...tag].length > LONGEST);
	if (long !== undefined) {
		throw new OneCodexError('input', `${name}: "${long}" has more than ${LONGEST} characters`, {
			description: `A tag may have ${LONGEST} at most.`,
		});
	}
	return tags;
}
