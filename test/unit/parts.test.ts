import { createHash, randomBytes } from 'node:crypto';

import { BufferPool } from '../../nodes/OneCodex/upload/multipart/bufferPool';
import { areMd5s, etagOfParts } from '../../nodes/OneCodex/upload/multipart/etags';
import { partsOf, partSize } from '../../nodes/OneCodex/upload/multipart/parts';

const MIB = 1024 * 1024;

it.each([
	[1, 16],
	[64 * MIB, 16],
	[9_999 * 16 * MIB, 16],
	[9_999 * 16 * MIB + 1, 17],
	[5 * 1024 * 1024 * MIB, 525],
])('a file of %d bytes goes in parts of %d MiB', (size, mebibytes) => {
	expect(partSize(size)).toBe(mebibytes * MIB);
	expect(Math.ceil(size / partSize(size))).toBeLessThanOrEqual(10_000);
});

describe('parts', () => {
	async function* chunks(bytes: Buffer, size: number) {
		for (let from = 0; from < bytes.length; from += size) {
			yield await Promise.resolve(bytes.subarray(from, from + size));
		}
	}

	it.each([
		[40, 40, 16],
		[40, 7, 16],
		[32, 16, 16],
		[33, 1, 16],
		[16, 5, 16],
		[3, 2, 16],
		[0, 1, 16],
	])('of %d bytes in chunks of %d are %d long, and all of them', async (size, chunk, length) => {
		const bytes = randomBytes(size);
		const copies: Buffer[] = [];
		const numbers: number[] = [];
		let lent = 0;
		const borrow = async () => {
			lent++;
			return await Promise.resolve(Buffer.alloc(length));
		};
		for await (const part of partsOf(chunks(bytes, chunk), borrow)) {
			expect(part.buffer).toHaveLength(length);
			expect(part.bytes.buffer).toBe(part.buffer.buffer);
			numbers.push(part.number);
			copies.push(Buffer.from(part.bytes));
		}
		const count = Math.ceil(size / length);
		expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1));
		expect(copies.slice(0, -1).every((copy) => copy.length === length)).toBe(true);
		expect(Buffer.concat(copies)).toEqual(bytes);
		expect(lent).toBe(count);
	});
});

describe('buffers', () => {
	const never = new AbortController().signal;

	it('are no more than allowed, and lent again in the order of those who wait', async () => {
		const pool = new BufferPool(8, 2);
		const one = await pool.borrow(never);
		const two = await pool.borrow(never);
		expect(one).toHaveLength(8);
		expect(two).not.toBe(one);
		const lent: string[] = [];
		const third = pool.borrow(never).then((buffer) => {
			lent.push('third');
			return buffer;
		});
		const fourth = pool.borrow(never).then(() => lent.push('fourth'));
		await Promise.resolve();
		expect(lent).toEqual([]);
		pool.giveBack(two);
		expect(await third).toBe(two);
		pool.giveBack(one);
		await fourth;
		expect(lent).toEqual(['third', 'fourth']);
		pool.giveBack(two);
		expect(await pool.borrow(never)).toBe(two);
	});

	it('are waited for no longer than the signal allows', async () => {
		const pool = new BufferPool(8, 1);
		await pool.borrow(never);
		const stop = new AbortController();
		const waiting = pool.borrow(stop.signal);
		stop.abort(new Error('stopped'));
		await expect(waiting).rejects.toThrow('stopped');
		await expect(pool.borrow(stop.signal)).rejects.toThrow('stopped');
	});
});

describe('the ETag of a file in parts', () => {
	const md5 = (text: string) => createHash('md5').update(text).digest();
	const parts = ['one', 'two'].map((text) => ({ etag: md5(text).toString('hex'), encryption: '' }));
	const whole = `${createHash('md5')
		.update(Buffer.concat([md5('one'), md5('two')]))
		.digest('hex')}-2`;
	const stored = (etag: string, encryption = '') => ({ etag, encryption });

	it('is made of those of its parts', () => {
		expect(etagOfParts(parts)).toBe(whole);
		expect(etagOfParts([...parts].reverse())).not.toBe(whole);
	});

	it('can be compared where all are MD5s', () => {
		expect(areMd5s(parts, stored(whole))).toBe(true);
		expect(areMd5s(parts, stored(whole, 'AES256'))).toBe(true);
		expect(areMd5s(parts, stored(whole.toUpperCase()))).toBe(true);
		expect(areMd5s(parts, stored(whole.replace('-2', '-9999')))).toBe(true);
	});

	it.each([
		['the whole has a key of KMS', parts, stored(whole, 'aws:kms')],
		['a part has a key of KMS', [parts[0], stored(parts[1].etag, 'aws:kms')], stored(whole)],
		['a part has another ETag', [parts[0], stored('x'.repeat(32))], stored(whole)],
		['a part has a longer ETag', [parts[0], stored(`${parts[1].etag}0`)], stored(whole)],
		['a part has an ETag in more', [parts[0], stored(`x${parts[1].etag}`)], stored(whole)],
		['the whole has the MD5 of the file', parts, stored(parts[0].etag)],
		['the whole has another ETag', parts, stored(`x${whole}`)],
		['the whole has more in its ETag', parts, stored(`${whole}x`)],
	])('cannot be compared where %s', (_, those, of) => {
		expect(areMd5s(those, of)).toBe(false);
	});
});
