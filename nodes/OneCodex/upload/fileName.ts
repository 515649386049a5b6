import { toFileName } from '../api/fileName';
import { plainName } from '../api/plainName';
import { isLeftOut, textOf, whatItIs } from '../errors/given';
import { OneCodexError } from '../errors/oneCodexError';
import { extensionOf } from './extensions';

/**
 * The name for a file: the one that the user gave, else the one that the file brings, else
 * `document` with the file's extension.
 *
 * @throws OneCodexError (input) where what the user gave is no text
 */
export function fileNameOf(
	file: { originalName?: string; fileExtension?: string; mimeType?: string },
	given: unknown,
): string {
	if (!isLeftOut(given)) return givenFileName(given);
	const own = plainName(file.originalName ?? '');
	return toFileName(own || `document${extensionOf(file)}`);
}

/**
 * The name for what the user gave, where there is no file that brings one.
 *
 * @throws OneCodexError (input) where nothing was given, or what is no text
 */
export function givenFileName(given: unknown): string {
	const name = textOf(given);
	if (name) return toFileName(name);
	if (name === '') {
		throw new OneCodexError('input', 'File Name is empty', {
			description: 'Give a name, for example report.pdf.',
		});
	}
	throw new OneCodexError('input', `File Name is ${whatItIs(given)}, not text`, {
		description:
			'Give a name, for example report.pdf. By expression, a number is taken for its digits.',
	});
}
