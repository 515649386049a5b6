import { sleep } from 'n8n-workflow';

/** n8n 1's sleep cannot be ended, so none is long: its timer stays in memory until its time. */
const LONGEST_SLEEP_MS = 1_000;

/** Waits so long, or rejects with the signal's reason as soon as it aborts. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	await new Promise<void>((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		sleepInSlices(milliseconds, signal)
			.then(resolve, reject)
			.finally(() => signal.removeEventListener('abort', onAbort));
	});
}

async function sleepInSlices(milliseconds: number, signal: AbortSignal): Promise<void> {
	const end = performance.now() + milliseconds;
	let left = milliseconds;
	do {
		// n8n 2's sleep takes the signal itself; n8n 1's does not know it.
		await sleep(Math.min(left, LONGEST_SLEEP_MS), signal);
		left = end - performance.now();
	} while (left > 0 && !signal.aborted);
}
