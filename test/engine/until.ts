import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a state; 30 s at most. */
export async function until(condition: () => boolean): Promise<void> {
	for (const deadline = Date.now() + 30_000; !condition() && Date.now() < deadline; ) {
		await delay(20);
	}
	expect(condition()).toBe(true);
}
