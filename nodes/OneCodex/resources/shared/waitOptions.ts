import type { INodeProperties } from 'n8n-workflow';

import { OneCodexError } from '../../errors/oneCodexError';
import type { showForResource } from './showFor';
import { TIMEOUT_MINUTES } from './waitUntil';

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout (Minutes)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: TIMEOUT_MINUTES,
	description:
		'How long to wait at the most. n8n keeps the execution in memory for so long: for hours, rather use the trigger or a schedule.',
};

/** How an operation waits. */
export const waitOptions = (showFor: ReturnType<typeof showForResource>): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: showFor('wait'),
	options: [
		{
			displayName: 'Fail on Failure',
			name: 'failOnFailure',
			type: 'boolean',
			default: true,
			description:
				'Whether what failed, or is not ready in time, is an error. If not, it is given back as it is then.',
		},
		timeoutOption,
	],
});

/** Milliseconds of the option Timeout. @throws OneCodexError (input) */
export function timeoutOf(value: unknown): number {
	const minutes = typeof value === 'string' ? Number(value.trim() || NaN) : value;
	if (typeof minutes === 'number' && minutes >= 0 && minutes <= LONGEST_MINUTES) {
		return minutes * 60_000;
	}
	throw new OneCodexError('input', `Timeout must be a number of minutes up to ${LONGEST_MINUTES}`, {
		description: `It is how long to wait at the most. The default is ${TIMEOUT_MINUTES}.`,
	});
}

/** A week. */
const LONGEST_MINUTES = 10_080;
