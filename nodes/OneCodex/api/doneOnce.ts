import type { OneCodexError } from '../errors/oneCodexError';
import { requestError } from '../errors/requestError';
import { isTransient, retry, wasNotCarriedOut, type RetrySettings } from '../http/retry';

/** Who may ask is no question of what was done. */
const REFUSED = new Set([401, 402, 403]);

/**
 * Does what must be done exactly once, for the user. Where the answer was lost, or One Codex says
 * that it was done already, its state decides.
 *
 * @param send one attempt
 * @param lookUp the result, where it turns out that it was done
 * @throws OneCodexError
 */
export async function doneOnce<T>(
	settings: RetrySettings,
	send: () => Promise<T>,
	lookUp: () => Promise<T | undefined>,
): Promise<T> {
	const attempt = async () => {
		try {
			return await send();
		} catch (cause) {
			const error = requestError(cause);
			settings.signal.throwIfAborted();
			if (wasNotCarriedOut(error) || REFUSED.has(error.facts.httpCode ?? 0)) throw error;
			// Not to be had is not known: what the sending failed with is what counts.
			const found = await lookUp().catch(() => undefined);
			settings.signal.throwIfAborted();
			if (found === undefined) throw error;
			return found;
		}
	};
	return await retry(attempt, settings, mayBeUnderWay);
}

/** A 409 for what cannot be found yet: the first request may still be under way. */
function mayBeUnderWay(error: OneCodexError): boolean {
	return isTransient(error) || error.facts.httpCode === 409;
}
