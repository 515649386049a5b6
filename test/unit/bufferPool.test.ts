import { getEventListeners } from 'node:events';

import { BufferPool } from '../../nodes/OneCodex/upload/multipart/bufferPool';

it('lends so many buffers, and each again once it was given back', async () => {
	const { signal } = new AbortController();
	const pool = new BufferPool(8, 2);
	const [one, other] = [await pool.borrow(signal), await pool.borrow(signal)];
	const [third, fourth] = [pool.borrow(signal), pool.borrow(signal)];
	pool.giveBack(other);
	pool.giveBack(one);
	expect(await third).toBe(other);
	expect(await fourth).toBe(one);
	// Node.js keeps a signal that has any, and with it what they hold, for as long as it runs.
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('nobody waits for a buffer once the upload has ended', async () => {
	const stop = new AbortController();
	const pool = new BufferPool(8, 1);
	await pool.borrow(stop.signal);
	const second = pool.borrow(stop.signal);
	stop.abort(new Error('stopped'));
	await expect(second).rejects.toThrow('stopped');
	await expect(pool.borrow(stop.signal)).rejects.toThrow('stopped');
});
