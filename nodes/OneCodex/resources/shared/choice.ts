import { shown } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';

/**
 * What was chosen from a list of options, be it by expression.
 *
 * @throws OneCodexError (input) for what is not among them
 */
export function choice<T extends string>(value: unknown, options: readonly T[], name: string): T {
	const chosen = options.find((option) => option === value);
	if (chosen) return chosen;
	const message = `${name} must be one of ${options.join(', ')}, not ${shown(value)}`;
	throw new OneCodexError('input', message, {
		description: 'Choose one from the list, or let the expression give one.',
	});
}
