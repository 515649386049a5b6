import { wait } from '../../http/wait';

/** As One Codex's own client waits for an analysis. */
const FIRST_MS = 5_000;
const LONGEST_MS = 120_000;
const FACTOR = 1.5;

/** How long an operation waits where the user did not say. */
export const TIMEOUT_MINUTES = 60;

/**
 * Looks at something until it is as it should be or the time is over: at once, after 5 seconds, and
 * then each time half as long again, up to two minutes.
 *
 * @param look gives its state
 * @param timeout milliseconds
 * @param signal ends the waiting
 * @returns the last state, be it as it should or not
 */
export async function waitUntil<T>(
	look: () => Promise<T>,
	isOver: (state: T) => boolean,
	timeout: number,
	signal: AbortSignal,
): Promise<T> {
	const end = performance.now() + timeout;
	for (let pause = FIRST_MS; ; pause = Math.min(LONGEST_MS, pause * FACTOR)) {
		const state = await look();
		const left = end - performance.now();
		if (isOver(state) || left <= 0) return state;
		await wait(Math.min(pause, left), signal);
	}
}
