import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { answerText } from '../../nodes/OneCodex/http/answerText';

const MIB = 1024 * 1024;

async function* chunks(...texts: Array<string | Error>) {
	for (const text of texts) {
		if (text instanceof Error) throw text;
		yield await Promise.resolve(Buffer.from(text));
	}
}

const read = async (body: unknown, statusCode = 200, type?: string) =>
	await answerText({
		statusCode,
		headers: type === undefined ? {} : { 'content-type': type },
		body,
	} as IN8nHttpFullResponse);

it.each([
	['a stream', chunks('a', 'b'), 'ab'],
	['no chunk', chunks(), ''],
	['text', 'ab', 'ab'],
	['nothing', undefined, ''],
	['null', null, ''],
	['an object', {}, ''],
])('the text of an answer is that of %s', async (_, body, text) => {
	expect(await read(body)).toBe(text);
});

it('a sign may come in two chunks', async () => {
	const [one, two] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
	async function* halves() {
		yield await Promise.resolve(one);
		yield await Promise.resolve(two);
	}
	expect(await read(halves())).toBe('ä');
});

it('an answer that does not end is let go', async () => {
	let given = 0;
	let isLetGo = false;
	async function* endless() {
		try {
			for (;;) {
				given++;
				yield await Promise.resolve(Buffer.alloc(MIB));
			}
		} finally {
			isLetGo = true;
		}
	}
	await expect(read(endless(), 503)).rejects.toMatchObject({
		kind: 'service',
		message: 'The answer is longer than any that is due',
		facts: { httpCode: 503, isTransient: false, description: expect.any(String) },
	});
	expect(given).toBe(5);
	expect(isLetGo).toBe(true);
	expect(await read(chunks('x'.repeat(4 * MIB)))).toHaveLength(4 * MIB);
	await expect(read(chunks('x'.repeat(4 * MIB), 'x'))).rejects.toThrow(/longer than any/);
});

describe('of an answer that breaks off', () => {
	const broken = () => chunks('some', new Error('broken off'));

	it.each([
		[400, undefined],
		[502, 'text/html'],
		[407, 'text/plain'],
		[403, 'application/xhtml+xml'],
		[403, 'Application/XHTML+XML; charset=utf-8'],
	])('what is there will do with status %i and type %j', async (status, type) => {
		expect(await read(broken(), status, type)).toBe('some');
	});

	it.each([
		[200, 'text/html'],
		[399, undefined],
		[400, 'application/json'],
		[500, 'Application/XML'],
		[500, 'application/problem+xml'],
		[404, 'text/json; charset=utf-8'],
	])('a part is missed with status %i and type %j', async (status, type) => {
		await expect(read(broken(), status, type)).rejects.toThrow('broken off');
	});
});
