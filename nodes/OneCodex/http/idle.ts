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
	const idle = new IdleWatch(idleTimeout);
	const either = AbortSignal.any([signal, idle.signal]);
	idle.moved();
	try {
		// Not the work alone: what hangs may not notice the signal either.
		return await unlessAborted(
			either,
			work(either, (grace) => idle.moved(grace)),
		);
	} catch (error) {
		throw idle.signal.aborted ? idle.signal.reason : error;
	} finally {
		idle.end();
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
	// One for all: where n8n's sleep cannot be ended, one for each would stay in memory for a second.
	const idle = new IdleWatch(idleTimeout);
	const either = AbortSignal.any([signal, idle.signal]);
	try {
		for (;;) {
			either.throwIfAborted();
			idle.moved();
			const next = await unlessAborted(either, iterator.next());
			// Whoever takes the chunk may take its time.
			idle.rests();
			if (next.done) return;
			yield next.value;
		}
	} finally {
		idle.end();
		// Nobody waits for it: what stands still would not close either.
		iterator.return?.()?.catch(() => undefined);
	}
}

/** Aborts its signal once nothing has moved for so many milliseconds. */
class IdleWatch {
	private readonly idle = new AbortController();
	private readonly done = new AbortController();
	private deadline?: number;
	private isWatching = false;

	constructor(private readonly timeout: number) {}

	get signal(): AbortSignal {
		return this.idle.signal;
	}

	moved(grace = 0): void {
		this.deadline = performance.now() + this.timeout + grace;
		if (this.isWatching) return;
		this.isWatching = true;
		// Rejects when it is ended.
		this.watch().catch(() => undefined);
	}

	/** Nothing is to move until it is told again. */
	rests(): void {
		this.deadline = undefined;
	}

	end(): void {
		this.done.abort(DONE);
	}

	private async watch(): Promise<void> {
		while (this.deadline !== undefined) {
			const left = this.deadline - performance.now();
			if (left <= 0) return this.idle.abort(stalled(this.timeout));
			await wait(left, this.done.signal);
		}
		this.isWatching = false;
	}
}

/** A listener that stayed would keep what the work gave in memory for as long as the signal lives. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	return await new Promise((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
	});
}

function stalled(idleTimeout: number): OneCodexError {
	return new OneCodexError('network', `No byte moved for ${idleTimeout / 1_000} s`, {
		code: 'ETIMEDOUT',
		description: 'Check the network. On a very slow one, raise the option Idle Timeout.',
	});
}
