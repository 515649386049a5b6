import { OneCodexError } from '../errors/oneCodexError';
import { wait } from './wait';

/** To end a watch with: an error would gather its stack, for each chunk of a file. */
const DONE = 'done';

/** Tells that something moved; `grace` more milliseconds may pass until the next time. */
export type Progress = (grace?: number) => void;

/**
 * Does work that may last as long as it likes, but not stand still.
 *
 * @param idleTimeout milliseconds without progress after which the work is given up
 * @param work is to stop when its signal aborts
 * @throws OneCodexError (network), or what the work threw
 */
export async function unlessIdle<T>(
	idleTimeout: number,
	signal: AbortSignal,
	work: (signal: AbortSignal, progress: Progress) => Promise<T>,
): Promise<T> {
	signal.throwIfAborted();
	const idle = new AbortController();
	const done = new AbortController();
	let deadline = performance.now() + idleTimeout;

	const watch = async () => {
		for (;;) {
			const left = deadline - performance.now();
			if (left <= 0) break;
			await wait(left, done.signal);
		}
		idle.abort(stalled(idleTimeout));
	};
	// Rejects when the work is done, which is how it ends.
	watch().catch(() => undefined);

	const either = AbortSignal.any([signal, idle.signal]);
	const working = work(either, (grace = 0) => {
		deadline = performance.now() + idleTimeout + grace;
	});
	try {
		// Not the work alone: what hangs may not notice the signal either.
		return await Promise.race([working, rejectedBy(either, done.signal)]);
	} catch (error) {
		throw idle.signal.aborted ? idle.signal.reason : error;
	} finally {
		done.abort(DONE);
	}
}

/**
 * What a source gives, unless it stands still: nobody waits for longer than that for its next.
 *
 * @throws OneCodexError (network), or what the source threw
 */
export async function* eachUnlessIdle<T>(
	source: AsyncIterable<T>,
	idleTimeout: number,
	signal: AbortSignal,
): AsyncGenerator<T> {
	const iterator = source[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await unlessIdle(idleTimeout, signal, async () => await iterator.next());
			if (next.done) return;
			yield next.value;
		}
	} finally {
		// Nobody waits for it: what stands still would not close either.
		iterator.return?.()?.catch(() => undefined);
	}
}

/** A listener that stayed would keep what the work gave in memory for as long as the signal lives. */
async function rejectedBy(signal: AbortSignal, done: AbortSignal): Promise<never> {
	return await new Promise((_, reject) => {
		const options = { once: true, signal: done };
		signal.addEventListener('abort', () => reject(signal.reason), options);
	});
}

function stalled(idleTimeout: number): OneCodexError {
	return new OneCodexError('network', `No byte moved for ${idleTimeout / 1_000} s`, {
		code: 'ETIMEDOUT',
		description: 'Check the network. On a very slow one, raise the option Idle Timeout.',
	});
}
