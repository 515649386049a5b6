import { textOf, whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';

/** Characters of an external sample ID (One Codex's OpenAPI document). */
export const LONGEST_EXTERNAL_ID = 60;

/**
 * Reads text of so many characters, without the space around it; of a number its digits.
 *
 * @throws OneCodexError (input) that names the field
 */
export const textUpTo =
	(longest = Infinity) =>
	(value: unknown, name: string): string => {
		const text = textOf(value);
		if (text === undefined) throw wrong(`${name} is ${whatItIs(value)}, not text`);
		// As One Codex counts: an emoji is one.
		const { length } = [...text];
		if (length <= longest) return text;
		throw wrong(`${name} has ${length} characters`, `It may have ${longest} at most.`);
	};

export function wrong(
	message: string,
	description = 'Correct the field, or remove it.',
): OneCodexError {
	return new OneCodexError('input', message, { description });
}
