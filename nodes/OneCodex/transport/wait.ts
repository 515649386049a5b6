import { sleep } from 'n8n-workflow';

/** Waits so long, or rejects with the signal's reason as soon as it aborts. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	await new Promise<void>((resolve, reject) => {
		// n8n 2's sleep takes the signal itself; n8n 1's does not know it.
		const onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		sleep(milliseconds, signal)
			.then(resolve, reject)
			.finally(() => signal.removeEventListener('abort', onAbort));
	});
}
