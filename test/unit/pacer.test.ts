import { Pacer, pacerFor } from '../../nodes/OneCodex/transport/pacer';
import { wait } from '../../nodes/OneCodex/transport/wait';

const never = new AbortController().signal;

/** When each of so many requests may leave, in milliseconds from now. */
async function departures(pacer: Pacer, count: number): Promise<number[]> {
	const start = performance.now();
	return await Promise.all(
		Array.from({ length: count }, async () => {
			await pacer.turn(never);
			return performance.now() - start;
		}),
	);
}

it('no window of a second holds more than ten requests, and the first ten need not wait', async () => {
	const times = await departures(new Pacer(), 25);
	for (let last = 10; last < times.length; last++) {
		expect(times[last] - times[last - 10]).toBeGreaterThan(1_000);
	}
	expect(times[9]).toBeLessThan(500);
});

it('it is shared for a key at an origin', () => {
	const pacer = pacerFor('https://onecodex.example', 'key');
	expect(pacerFor('https://onecodex.example/', ' key ')).toBe(pacer);
	expect(pacerFor('https://onecodex.example', 'another')).not.toBe(pacer);
	expect(pacerFor('https://another.example', 'key')).not.toBe(pacer);
	expect(pacerFor('not a URL', 'key')).toBe(pacerFor('not a URL', 'key'));
});

it('a refusal for the rate halves it for those who wait already, and then it recovers', async () => {
	const pacer = new Pacer();
	const waiting = departures(pacer, 35);
	await wait(50, never);
	pacer.slowDown(100);
	const times = await waiting;
	const countBefore = (end: number) => times.filter((time) => time < end).length;
	expect(countBefore(1_000)).toBe(10);
	// Then five in a window, and one more with each, up to ten again.
	expect(countBefore(2_050)).toBeLessThan(20);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	expect(times.at(-1)).toBeLessThan(8_000);
});

it('a wait is left at once by a signal, and nobody passes those before', async () => {
	const pacer = new Pacer();
	pacer.slowDown(300);
	const stop = new AbortController();
	const order: string[] = [];
	const first = pacer.turn(never).then(() => order.push('first'));
	const given = pacer.turn(stop.signal);
	const third = pacer.turn(never).then(() => order.push('third'));
	stop.abort(new Error('stopped'));
	await expect(given).rejects.toThrow('stopped');
	expect(order).toEqual([]);
	await Promise.all([first, third]);
	expect(order).toEqual(['first', 'third']);
	await expect(pacer.turn(stop.signal)).rejects.toThrow('stopped');
	await expect(wait(60_000, stop.signal)).rejects.toThrow('stopped');
});
