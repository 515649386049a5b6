import { batches, keyOf } from '../../nodes/OneCodex/upload/ownDocuments';
import { goesInParts, uploadSettings } from '../../nodes/OneCodex/upload/settings';

const MIB = 1024 * 1024;

describe('the settings of an upload', () => {
	const DEFAULTS = {
		maxRetries: 5,
		idleTimeout: 60_000,
		verifyIntegrity: true,
		transfer: 'auto',
		multipartThreshold: 64 * MIB,
		partConcurrency: 4,
	};

	it.each([
		[undefined, {}],
		[{}, {}],
		[{ maxRetries: 0 }, { maxRetries: 0 }],
		[{ maxRetries: '7' }, { maxRetries: 7 }],
		[{ idleTimeout: 1 }, { idleTimeout: 1_000 }],
		[{ idleTimeout: 1.5 }, { idleTimeout: 1_500 }],
		[{ idleTimeout: 86_400 }, { idleTimeout: 86_400_000 }],
		[{ verifyIntegrity: 'false' }, { verifyIntegrity: false }],
		[{ transfer: 'post' }, { transfer: 'post' }],
		[{ transfer: 'multipart' }, { transfer: 'multipart' }],
		[{ multipartThreshold: 1 }, { multipartThreshold: MIB }],
		[{ multipartThreshold: 5_120 }, { multipartThreshold: 5_120 * MIB }],
		[{ partConcurrency: 1 }, { partConcurrency: 1 }],
		[{ partConcurrency: 32 }, { partConcurrency: 32 }],
	])('of %j are %j', (options, expected) => {
		expect(uploadSettings(options)).toEqual({ ...DEFAULTS, ...expected });
	});

	it.each([
		[{ maxRetries: -1 }, 'Max Retries must be a whole number, 0 or more, not the number -1'],
		[{ maxRetries: 1.5 }, 'Max Retries must be a whole number, 0 or more, not the number 1.5'],
		[{ idleTimeout: 0.5 }, /^Idle Timeout must be .* 86400, not the number 0\.5$/],
		[{ idleTimeout: true }, /^Idle Timeout must be .* 86400, not true$/],
		[{ idleTimeout: [30] }, /^Idle Timeout must be .* 86400, not a list of 1$/],
		[{ idleTimeout: 86_401 }, /^Idle Timeout must be .* 86400, not the number 86401$/],
		[{ idleTimeout: 'a minute' }, /^Idle Timeout must be .* 86400, not "a minute"$/],
		[{ verifyIntegrity: 1 }, /^Verify Integrity must be true or false, not the number 1$/],
		[{ transfer: 'form' }, /^Transfer must be auto, post or multipart, not "form"$/],
		[{ multipartThreshold: 0 }, /^Multipart Threshold must be .* not the number 0$/],
		[{ multipartThreshold: 5_121 }, /^Multipart Threshold must be .* not the number 5121$/],
		[{ multipartThreshold: true }, /^Multipart Threshold must be .* not true$/],
		[{ multipartThreshold: [] }, /^Multipart Threshold must be .* not an empty list$/],
		[{ partConcurrency: 0 }, /^Part Concurrency must be .* 32, not the number 0$/],
		[{ partConcurrency: 33 }, /^Part Concurrency must be .* 32, not the number 33$/],
	])('are not %j', (options, message) => {
		expect(() => uploadSettings(options)).toThrow(message);
		expect(() => uploadSettings(options)).toThrow(
			expect.objectContaining({ kind: 'input', description: expect.stringMatching(/default/) }),
		);
	});

	it('say which file goes in parts', () => {
		const goes = (transfer: string, size: number) =>
			goesInParts(size, uploadSettings({ transfer, multipartThreshold: 1 }));
		expect([goes('auto', MIB), goes('auto', MIB + 1)]).toEqual([false, true]);
		expect([goes('post', MIB + 1), goes('multipart', 1)]).toEqual([false, true]);
	});
});

describe('files are looked for together', () => {
	const named = (length: number) => ({ filename: 'a'.repeat(length), size: 1 });
	/** Brackets, quotes and comma, encoded, and the size. */
	const AROUND = encodeURIComponent('["",1]').length;

	it('as long as an address has room', () => {
		const half = named(2_000 - AROUND);
		expect(batches([])).toEqual([]);
		expect(batches([half, half])).toEqual([[half, half]]);
		expect(batches([half, half, half])).toEqual([[half, half], [half]]);
		expect(batches([half, named(2_001 - AROUND)]).map(({ length }) => length)).toEqual([1, 1]);
		expect(batches([named(9_000), named(1)])).toHaveLength(2);
	});

	it('and are the same by name and size', () => {
		expect(keyOf({ filename: 'a', size: 1 })).toBe(keyOf({ filename: 'a', size: 1 }));
		expect(keyOf({ filename: 'a', size: 1 })).not.toBe(keyOf({ filename: 'a', size: 2 }));
		expect(keyOf({ filename: 'a', size: 1 })).not.toBe(keyOf({ filename: 'b', size: 1 }));
		expect(keyOf({ filename: '1 a', size: 1 })).not.toBe(keyOf({ filename: 'a', size: 11 }));
	});
});
