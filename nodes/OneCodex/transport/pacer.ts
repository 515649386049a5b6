import { wait } from './wait';

/**
 * One Codex takes 10 requests per second for one client, over all routes. The window is a little
 * longer than a second, for requests do not arrive as evenly as they leave.
 */
const REQUESTS = 10;
const WINDOW_MS = 1_050;

/** Lets requests leave so that no window of time holds more than One Codex takes. */
export class Pacer {
	/** When the last few requests leave, oldest first (milliseconds, monotonic). */
	private departures: number[] = [];

	private notBefore = 0;

	/** Resolves when the caller may send; rejects when the signal aborts first. */
	async turn(signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const now = performance.now();
		const full = this.departures.length === REQUESTS;
		const departure = Math.max(
			now,
			this.notBefore,
			full ? this.departures[0] + WINDOW_MS : now,
			this.departures.at(-1) ?? now,
		);
		// Taken before waiting, so that callers at the same moment get different turns.
		this.departures.push(departure);
		if (full) this.departures.shift();
		if (departure > now) await wait(departure - now, signal);
	}

	/** Nothing more leaves for so long; turns already given keep their time. */
	pause(milliseconds: number): void {
		this.notBefore = Math.max(this.notBefore, performance.now() + milliseconds);
	}
}

const pacers = new Map<string, Pacer>();

/** The pacer that all executions in this process share for one key at one base URL. */
export function pacerFor(baseUrl: unknown, apiKey: unknown): Pacer {
	const client = `${String(baseUrl)} ${String(apiKey)}`;
	const pacer = pacers.get(client) ?? new Pacer();
	pacers.set(client, pacer);
	return pacer;
}
