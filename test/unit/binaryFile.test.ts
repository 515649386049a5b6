import type { BinaryHelperFunctions } from 'n8n-workflow';

import { openBinary } from '../../nodes/OneCodex/upload/binaryFile';

/** n8n's store, as far as it is asked: a file of this size. */
const storeWith = (fileSize: number) =>
	({
		getBinaryMetadata: async () => await Promise.resolve({ fileSize }),
	}) as unknown as BinaryHelperFunctions;

const open = async (fileSize: number) =>
	await openBinary(
		storeWith(fileSize),
		{ json: {} },
		{
			binaryPropertyName: 'data',
			data: { id: 'filesystem-v2:1', data: '', mimeType: 'text/plain', fileName: 'reads.fq' },
		},
	);

const GIB = 1024 ** 3;

it.each([1, 5 * GIB])('takes a file of %d bytes', async (size) => {
	expect(await open(size)).toMatchObject({ size, originalName: 'reads.fq' });
});

it.each([
	[0, 'The file is empty'],
	[5 * GIB + 1, 'The file is too large'],
	[20 * GIB, 'The file is too large'],
])('refuses a file of %d bytes', async (size, message) => {
	await expect(open(size)).rejects.toMatchObject({
		kind: 'input',
		message,
		facts: { details: { binaryPropertyName: 'data', filename: 'reads.fq' } },
	});
});
