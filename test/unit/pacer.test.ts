import { Pacer, pacerFor } from '../../nodes/OneCodex/api/pacer';
import { wait } from '../../nodes/OneCodex/http/wait';

const never = new AbortController().signal;

/** When each of so many requests may leave, in milliseconds from now. */
async function departures(pacer: Pacer, count: number): Promise<number[]> {
	const start = performance.now();
	return await Promise.all(
		Array.from({ length: count }, async () => {
			return await pacer.paced(async () => performance.now() - start, never);
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

it('a request counts from its answer, or from a moment after it left', async () => {
	const pacer = new Pacer();
	const start = performance.now();
	const answers = Array.from({ length: 10 }, async (_, index) => {
		await pacer.paced(async () => await wait(index === 0 ? 60 : 5_000, never), never);
	});
	await pacer.paced(async () => undefined, never);
	const left = performance.now() - start;
	expect(left).toBeGreaterThan(1_060);
	await pacer.paced(async () => undefined, never);
	expect(performance.now() - start).toBeGreaterThan(1_100);
	expect(performance.now() - start).toBeLessThan(3_000);
	await Promise.all(answers);
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
	expect(countBefore(1_980)).toBe(15);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	expect(times.at(-1)).toBeLessThan(8_000);
});

it('requests that were refused together halve the rate once', async () => {
	const pacer = new Pacer();
	const waiting = departures(pacer, 20);
	await wait(50, never);
	for (let refusal = 0; refusal < 4; refusal++) pacer.slowDown(100);
	expect((await waiting).filter((time) => time < 1_980)).toHaveLength(15);
});

it('a wait is left at once by a signal, and nobody passes those before', async () => {
	const pacer = new Pacer();
	pacer.slowDown(300);
	const stop = new AbortController();
	const order: string[] = [];
	const first = pacer.paced(async () => order.push('first'), never);
	const given = pacer.paced(async () => order.push('second'), stop.signal);
	const third = pacer.paced(async () => order.push('third'), never);
	stop.abort(new Error('stopped'));
	await expect(given).rejects.toThrow('stopped');
	expect(order).toEqual([]);
	await Promise.all([first, third]);
	expect(order).toEqual(['first', 'third']);
	await expect(pacer.paced(async () => 0, stop.signal)).rejects.toThrow('stopped');
	await expect(wait(60_000, stop.signal)).rejects.toThrow('stopped');
});
