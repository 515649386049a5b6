import { Readable } from 'node:stream';

import type { BinaryHelperFunctions } from 'n8n-workflow';

import { forOneForm, openBinary } from '../../nodes/OneCodex/binary/binaryFile';

/** n8n's store, as far as it is asked: a file of this size. */
const storeWith = (fileSize: number) =>
	({
		getBinaryMetadata: async () => await Promise.resolve({ fileSize }),
		getBinaryStream: async () => await Promise.resolve(Readable.from([])),
	}) as unknown as BinaryHelperFunctions;

const open = async (fileSize: number, id = 'filesystem-v2:1') =>
	await openBinary(
		storeWith(fileSize),
		{ json: {} },
		{
			binaryPropertyName: 'data',
			data: { id, data: '', mimeType: 'text/plain', fileName: 'reads.fq' },
		},
	);

const GIB = 1024 ** 3;

it.each([1, 5 * GIB, 20 * GIB])('takes a file of %d bytes', async (size) => {
	expect(await open(size)).toMatchObject({ size, originalName: 'reads.fq' });
});

it('refuses an empty file', async () => {
	await expect(open(0)).rejects.toMatchObject({
		kind: 'input',
		message: 'The file is empty',
		facts: { details: { binaryPropertyName: 'data', filename: 'reads.fq' } },
	});
});

it('takes 5 GiB for one form, and no byte more', async () => {
	const most = await open(5 * GIB);
	expect(forOneForm(most)).toBe(most);
	const more = await open(5 * GIB + 1);
	expect(() => forOneForm(more)).toThrow('The file is too large for one form');
});

it('refuses from the database what n8n could not read from there', async () => {
	expect(await open(200 * 1024 ** 2, 'database:1')).toMatchObject({ store: 'database' });
	await expect(open(256 * 1024 ** 2, 'database:1')).rejects.toMatchObject({
		kind: 'input',
		message: expect.stringContaining('n8n keeps the file in its database'),
		facts: { details: { binaryPropertyName: 'data', filename: 'reads.fq' } },
	});
});
