import fc from 'fast-check';

import { formFields, StreamedFile, uploadForm } from '../../nodes/OneCodex/upload/uploadForm';

const source = (bytes: Buffer, size = bytes.length) => {
	const state = { opened: 0, closed: 0 };
	return {
		state,
		binaryPropertyName: 'data',
		size,
		async *read() {
			state.opened++;
			try {
				for (let at = 0; at < bytes.length; at += 10) {
					yield await Promise.resolve(bytes.subarray(at, at + 10));
				}
			} finally {
				state.closed++;
			}
		},
	};
};

const read = async (file: File) => {
	const chunks: Uint8Array[] = [];
	for await (const chunk of file.stream()) chunks.push(chunk);
	return Buffer.concat(chunks);
};

describe('form fields', () => {
	it('keep order and text, numbers as their digits, ${filename} literally', () => {
		const fields = { z: 'user/${filename}', a: 201, 'x-amz-server-side-encryption': 'AES256' };
		const expected = [
			['z', 'user/${filename}'],
			['a', '201'],
			['x-amz-server-side-encryption', 'AES256'],
		];
		expect(formFields(fields)).toEqual(expected);
		expect(formFields(JSON.stringify(fields))).toEqual(expected);
	});

	it.each([
		['true', { a: true }],
		['null', { a: null }],
		['a fraction', { a: 1.5 }],
		['a number that has no exact digits', { a: 2 ** 60 }],
		['a lone CR', { a: 'x\ry' }],
		['a lone LF', { a: 'x\ny' }],
		['a list', { a: ['x'] }],
		['a quote in a name', { 'a"b': 'x' }],
		['an empty name', { '': 'x' }],
		['a file field', { file: 'x' }],
	])('refuse %s', (_, fields) => {
		expect(() => formFields(fields)).toThrow(/^Upload Fields: /);
	});

	it('are refused or sent as they are, whatever they hold', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				try {
					for (const [name, text] of formFields(value)) {
						expect(text).toBe(String((value as Record<string, unknown>)[name]));
					}
				} catch (error) {
					expect(String(error)).toMatch(/Upload Fields: /);
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('the file of the form', () => {
	it('comes last, under its name, with its size, and is read only when it is sent', async () => {
		const bytes = Buffer.from('twenty-five bytes in here');
		const from = source(bytes);
		const form = uploadForm([['key', 'k']], new StreamedFile('a.txt', from));
		expect([...form.keys()]).toEqual(['key', 'file']);
		const file = form.get('file') as File;
		expect([file.name, file.size, from.state.opened]).toEqual(['a.txt', 25, 0]);
		expect(await read(file)).toEqual(bytes);
		expect(from.state).toEqual({ opened: 1, closed: 1 });
	});

	it.each([
		['fewer', 30, 'The file gave 25 instead of 30 bytes'],
		['more', 12, 'The file gave more than 12 bytes'],
	])('fails when its source has %s bytes than declared', async (_, size, message) => {
		const file = new StreamedFile('a.txt', source(Buffer.from('twenty-five bytes in here'), size));
		await expect(read(file)).rejects.toThrow(message);
		expect(file.failure?.message).toBe(message);
	});

	it('closes its source when the transfer ends early', async () => {
		const from = source(Buffer.alloc(100));
		const file = new StreamedFile('a.txt', from);
		await file.stream().getReader().read();
		await file.close();
		expect(from.state).toEqual({ opened: 1, closed: 1 });
	});
});
