import type { INodeProperties } from 'n8n-workflow';

import { textOf, whatItIs } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';

/** Where an operation finds the file that it takes; to be given its displayOptions. */
export const inputBinaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input field that holds the file',
};

/** Where an operation puts the file that it gives; to be given its displayOptions. */
export const outputBinaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output field that gets the file',
};

/** @throws OneCodexError (input) where it names no field */
export function outputFieldName(value: unknown): string {
	const name = textOf(value);
	if (name) return name;
	const message =
		name === ''
			? 'Put Output File in Field is empty'
			: `Put Output File in Field is ${whatItIs(value)}, not the name of a field`;
	throw new OneCodexError('input', message, {
		description: 'Give the name of the output field that gets the file, for example data.',
	});
}
