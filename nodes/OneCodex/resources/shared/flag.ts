import { plainValue, shown } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';

/**
 * What a switch is set to, be it by expression with the text `true` or `false`.
 *
 * @throws OneCodexError (input) for anything else, which JavaScript would take for true or false
 */
export function flag(given: unknown, name: string): boolean {
	const value = plainValue(given);
	if (typeof value === 'boolean') return value;
	throw new OneCodexError('input', `${name} must be true or false, not ${shown(given)}`, {
		description: 'Set the switch, or let the expression give true or false.',
	});
}
