import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for what others bring about; two minutes at most.
 *
 * @throws Error that says what did not happen
 */
export async function until(
	what: string,
	condition: () => boolean | Promise<boolean>,
): Promise<void> {
	for (const deadline = Date.now() + 120_000; Date.now() < deadline; await delay(100)) {
		if (await condition()) return;
	}
	throw new Error(`Within two minutes, this did not happen: ${what}`);
}
