import type { OneCodexError } from '../errors/oneCodexError';
import { unlessIdle, type Progress } from '../http/idle';
import { followRedirects, type Redirect } from '../http/redirects';
import { isTransient, retry, type RetrySettings } from '../http/retry';

/** How long, and how often, the storage is asked. */
export interface StorageLimits extends RetrySettings {
	/** Milliseconds without a byte moved after which an attempt is given up. */
	idleTimeout: number;
}

/**
 * One set of rules for every request to the storage: it is repeated while that may help, after as
 * long as the storage asks for; it goes on to where the storage redirects; an attempt that stands
 * still is given up; and the signal ends it all.
 *
 * @param place where the first question of an attempt goes
 * @param ask sends it there; what it throws is repeated if that may pass, or as shouldRepeat has it
 * @throws OneCodexError
 */
export async function insist<T extends object>(
	{ idleTimeout, ...settings }: StorageLimits,
	place: () => string | Promise<string>,
	ask: (url: string, signal: AbortSignal, progress: Progress) => Promise<T | Redirect>,
	shouldRepeat: (error: OneCodexError) => boolean = isTransient,
): Promise<T> {
	const attempt = async () =>
		await followRedirects(
			await place(),
			async (url) =>
				await unlessIdle(
					idleTimeout,
					settings.signal,
					async (signal, progress) => await ask(url, signal, progress),
				),
		);
	return await retry(attempt, settings, shouldRepeat);
}
