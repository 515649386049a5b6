import { wait } from './wait';

/**
 * One Codex takes 10 requests per second for one client, over all routes. The window is a little
 * longer than a second, for requests do not arrive as evenly as they leave.
 */
const REQUESTS = 10;
const WINDOW_MS = 1_050;

/** Lets requests leave so that no window of time holds more than One Codex takes. */
export class Pacer {
	/** When the last few requests left, oldest first (milliseconds, monotonic). */
	private departures: number[] = [];

	/** Resolves when the one that came before has left, or given up. */
	private last = Promise.resolve();

	private notBefore = 0;

	/** Requests a window may hold; fewer while other clients of the key use a share of the rate. */
	private share = REQUESTS;

	/**
	 * Resolves when the caller may send; rejects when the signal aborts first. Callers leave in the
	 * order in which they came. Each looks at the clock only when it is the next, so that a slower
	 * pace holds for all who wait already.
	 */
	async turn(signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const before = this.last;
		let leave = () => {};
		this.last = new Promise<void>((resolve) => (leave = resolve));
		try {
			await abortable(before, signal);
			for (let left = this.msLeft(); left > 0; left = this.msLeft()) await wait(left, signal);
			this.departures = [...this.departures.slice(1 - REQUESTS), performance.now()];
		} finally {
			// One that gives up must not let the next pass those before it.
			void before.then(leave);
		}
	}

	/**
	 * The service refused a request for its rate, so others use the key too: nothing leaves for so
	 * long, and then half as much at a time. Each window without a refusal gives one request back.
	 */
	slowDown(milliseconds = WINDOW_MS): void {
		this.notBefore = Math.max(this.notBefore, performance.now() + milliseconds);
		this.share = Math.max(1, Math.floor(this.currentShare() / 2));
	}

	private currentShare(): number {
		const windows = Math.max(0, Math.floor((performance.now() - this.notBefore) / WINDOW_MS));
		return Math.min(REQUESTS, this.share + windows);
	}

	private msLeft(): number {
		const first = this.departures.at(-this.currentShare());
		const departure = Math.max(this.notBefore, first === undefined ? 0 : first + WINDOW_MS);
		return departure - performance.now();
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
