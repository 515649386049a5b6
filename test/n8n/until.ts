import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for what others bring about; five minutes at most: a busy machine is no failure.
 *
 * @throws Error that says what did not happen
 */
export async function until(
	what: string,
	condition: () => boolean | Promise<boolean>,
): Promise<void> {
	for (const deadline = Date.now() + 300_000; Date.now() < deadline; await delay(100)) {
		if (await condition()) return;
	}
	throw new Error(`Within five minutes, this did not happen: ${what}`);
}
