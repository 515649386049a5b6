import { performance } from 'node:perf_hooks';

const WINDOW = 1000;

/**
 * A sliding window of one second for each API key. Only what was served counts: a client that was
 * refused and tries again too early is refused again, but does not push its own window further out.
 */
export class RateLimiter {
	private readonly served = new Map<string, number[]>();

	/** @param requestsPerSecond 0 is no limit. */
	constructor(
		private readonly requestsPerSecond: number,
		private readonly now: () => number = () => performance.now(),
	) {}

	/** Whether a request that comes now may be served; if so, it counts. */
	admit(apiKey: string): boolean {
		if (this.requestsPerSecond === 0) return true;
		const now = this.now();
		const recent = (this.served.get(apiKey) ?? []).filter((at) => now - at < WINDOW);
		const admitted = recent.length < this.requestsPerSecond;
		if (admitted) recent.push(now);
		this.served.set(apiKey, recent);
		return admitted;
	}

	reset(): void {
		this.served.clear();
	}
}
