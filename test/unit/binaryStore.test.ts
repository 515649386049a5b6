import { checkRoom, checkSize, limitedStore, memoryHint } from '../../nodes/OneCodex/binary/store';

const MIB = 1024 * 1024;

it.each([
	['database:0b9c', 'database'],
	['filesystem-v2:workflows/1/executions/2/binary_data/3', undefined],
	['s3:workflows/1', undefined],
	['azure:workflows/1', undefined],
	[undefined, 'memory'],
	['', 'memory'],
])('the ID %j tells where n8n has a file', (id, store) => {
	expect(limitedStore({ id })).toBe(store);
});

it.each([
	['database', 256 * MIB - 13, 'PostgreSQL'],
	['memory', 384 * MIB - 18, 'memory'],
] as const)('in %s a file is as large as a text of Node.js allows', (store, largest, said) => {
	expect(() => checkSize(store, largest)).not.toThrow();
	expect(() => checkSize(store, largest + 1)).toThrow(said);
	expect(() => checkSize(undefined, 2 * largest)).not.toThrow();
	const longest = (bytes: number) =>
		store === 'database' ? 2 + 2 * bytes : 4 * Math.ceil(bytes / 3);
	expect(() => 'a'.repeat(longest(largest + 1))).toThrow('Invalid string length');
	expect('a'.repeat(longest(largest))).toHaveLength(longest(largest));
});

describe('n8n is asked where it keeps files', () => {
	const asking = (id: string) => {
		const stored: number[] = [];
		const helpers = {
			prepareBinaryData: async (bytes: unknown) => {
				stored.push((bytes as Buffer).length);
				return await Promise.resolve({ id, data: '', mimeType: 'text/plain' });
			},
		};
		return { stored, helpers };
	};

	it('only for a large one, by an empty one', async () => {
		const { stored, helpers } = asking('database:1');
		expect(await checkRoom(helpers, 32 * MIB)).toBe(false);
		expect(stored).toEqual([]);
		expect(await checkRoom(helpers, 200 * MIB)).toBe(false);
		expect(stored).toEqual([0]);
		await expect(checkRoom(helpers, 256 * MIB)).rejects.toMatchObject({ kind: 'input' });
	});

	it.each([
		['filesystem-v2:workflows/1', true],
		['filesystem:1', true],
		['s3:workflows/1', false],
	])('and says of %s whether it is written as it comes: %s', async (id, isWritten) => {
		expect(await checkRoom(asking(id).helpers, 300 * MIB)).toBe(isWritten);
	});
});

it('a hint is given on large files that n8n had in memory', () => {
	const large = { store: 'database', size: 101 * MIB } as const;
	expect(memoryHint([{ size: 101 * MIB }, { ...large, size: 100 * MIB }])).toEqual([]);
	expect(memoryHint([large])[0].message).toContain('1 large file in memory');
	expect(memoryHint([large, { ...large, store: 'memory' }])[0].message).toContain('2 large files');
});
