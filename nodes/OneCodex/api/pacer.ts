import { wait } from '../http/wait';

/** One Codex takes so many requests for one client in any second, over all routes. */
const REQUESTS = 10;

/** A second, and what timers may be early. */
const WINDOW_MS = 1_005;

/**
 * A request counts from when One Codex got it: not before it left, and not after its answer came.
 * Where the answer takes longer than this, the way there is taken for the smaller part of it.
 */
const LONGEST_WAY_MS = 100;

/** Lets requests leave so that no window of time holds more than One Codex takes. */
export class Pacer {
	/** Until when the last few requests got there at the latest, oldest first (ms, monotonic). */
	private arrivals: Array<{ latest: number }> = [];

	/** Resolves when the one that came before has left, or given up. */
	private last = Promise.resolve();

	private notBefore = 0;

	/** Requests a window may hold; fewer while other clients of the key use a share of the rate. */
	private share = REQUESTS;

	/**
	 * Sends when there is room for it, or rejects when the signal aborts before. Callers send in the
	 * order in which they came. Each looks at the clock only when it is the next, so that a slower
	 * pace holds for all who wait already.
	 */
	async paced<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
		const arrival = await this.turn(signal);
		try {
			return await send();
		} finally {
			arrival.latest = Math.min(arrival.latest, performance.now());
		}
	}

	/**
	 * The service refused a request for its rate, so others use the key too: nothing leaves for so
	 * long, and then half as much at a time. Each window without a refusal gives one request back.
	 * Those refused together left at the same rate, so it is halved once for all of them.
	 */
	slowDown(milliseconds = WINDOW_MS): void {
		const now = performance.now();
		if (now >= this.notBefore) this.share = Math.max(1, Math.floor(this.currentShare() / 2));
		this.notBefore = Math.max(this.notBefore, now + milliseconds);
	}

	private async turn(signal: AbortSignal): Promise<{ latest: number }> {
		signal.throwIfAborted();
		const before = this.last;
		let leave = () => {};
		this.last = new Promise<void>((resolve) => (leave = resolve));
		try {
			await abortable(before, signal);
			for (let left = this.msLeft(); left > 0; left = this.msLeft()) await wait(left, signal);
			const arrival = { latest: performance.now() + LONGEST_WAY_MS };
			this.arrivals = [...this.arrivals.slice(1 - REQUESTS), arrival];
			return arrival;
		} finally {
			// One that gives up must not let the next pass those before it.
			void before.then(leave);
		}
	}

	private currentShare(): number {
		const windows = Math.max(0, Math.floor((performance.now() - this.notBefore) / WINDOW_MS));
		return Math.min(REQUESTS, this.share + windows);
	}

	private msLeft(): number {
		const first = this.arrivals.at(-this.currentShare())?.latest ?? -WINDOW_MS;
		return Math.max(this.notBefore, first + WINDOW_MS) - performance.now();
	}
}

async function abortable(promise: Promise<void>, signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		void promise.then(resolve).finally(() => signal.removeEventListener('abort', onAbort));
	});
}

const pacers = new Map<string, Pacer>();

/** The pacer that all executions in this process share for one key at one base URL. */
export function pacerFor(baseUrl: unknown, apiKey: unknown): Pacer {
	const url = String(baseUrl);
	// As the credential takes them: white space and a trailing slash make no other client.
	const origin = URL.canParse(url) ? new URL(url).origin : url;
	const client = `${origin} ${String(apiKey).trim()}`;
	const pacer = pacers.get(client) ?? new Pacer();
	pacers.set(client, pacer);
	return pacer;
}
