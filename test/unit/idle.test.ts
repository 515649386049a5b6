import { eachUnlessIdle, unlessIdle } from '../../nodes/OneCodex/http/idle';
import { wait } from '../../nodes/OneCodex/http/wait';

const never = new AbortController().signal;

it('work that moves may take longer than the idle time', async () => {
	const work = unlessIdle(1_000, never, async (signal, progress) => {
		for (let step = 0; step < 8; step++) {
			await wait(200, signal);
			progress();
		}
		return 'done';
	});
	await expect(work).resolves.toBe('done');
});

it('work that stands still is given up, and told so', async () => {
	let told: AbortSignal | undefined;
	const work = unlessIdle(100, never, async (signal, progress) => {
		told = signal;
		progress();
		await new Promise(() => undefined);
	});
	await expect(work).rejects.toMatchObject({
		kind: 'network',
		message: 'No byte moved for 0.1 s',
		facts: { code: 'ETIMEDOUT' },
	});
	expect(told?.aborted).toBe(true);
});

it('progress can ask for a longer quiet', async () => {
	const work = unlessIdle(50, never, async (signal, progress) => {
		progress(1_000);
		await wait(300, signal);
		return 'done';
	});
	await expect(work).resolves.toBe('done');
});

it('a signal ends it, even where the work does not listen', async () => {
	const stop = new AbortController();
	const work = unlessIdle(60_000, stop.signal, async () => await new Promise(() => undefined));
	stop.abort(new Error('stopped'));
	await expect(work).rejects.toThrow('stopped');
	await expect(unlessIdle(60_000, stop.signal, async () => 'late')).rejects.toThrow('stopped');
});

it('what the work fails with comes through', async () => {
	const work = unlessIdle(1_000, never, async () => await Promise.reject(new Error('broken')));
	await expect(work).rejects.toThrow('broken');
});

describe('a source', () => {
	async function* source(...pauses: number[]) {
		for (const [number, pause] of pauses.entries()) {
			await (pause === Infinity ? new Promise(() => undefined) : wait(pause, never));
			yield number;
		}
	}
	const given = async (idleTimeout: number, ...pauses: number[]) => {
		const numbers: number[] = [];
		const each = eachUnlessIdle(source(...pauses), idleTimeout, never);
		for await (const number of each) numbers.push(number);
		return numbers;
	};

	it('may take longer than the idle time, and so may its reader', async () => {
		await expect(given(1_000, 400, 400, 400)).resolves.toEqual([0, 1, 2]);
		for await (const number of eachUnlessIdle(source(1, 1), 1_000, never)) {
			await wait(1_100, never);
			expect(number).toBeLessThan(2);
		}
	});

	it('that stands still is given up', async () => {
		await expect(given(100, 1, Infinity)).rejects.toThrow('No byte moved for 0.1 s');
	});
});
