import { OneCodexError } from '../errors/oneCodexError';
import { requestError } from '../errors/requestError';
import { wait } from './wait';

/** Attempts after the first, where the user did not say. */
export const MAX_RETRIES = 5;

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;

/** The least before the second attempt, whatever the service says; twice as long each time. */
const LEAST_WAIT_MS = 100;

const LONGEST_RETRY_AFTER_MS = 10 * 60_000;

/** RFC 9110 and RFC 6585: too slow or too many requests, a fault of the server, or of one in between. */
const TRANSIENT_STATUS = new Set([408, 429, 500, 502, 503, 504]);

const TRANSIENT_CODE = new Set([
	'EAI_AGAIN',
	'ECONNABORTED',
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EPIPE',
	'ERR_BAD_RESPONSE',
	'ERR_STREAM_PREMATURE_CLOSE',
	'ETIMEDOUT',
	'Z_BUF_ERROR',
	// S3's, with status 400: it waited too long for the next byte, or got other bytes than were sent.
	'RequestTimeout',
	'BadDigest',
	'XAmzContentSHA256Mismatch',
]);

export interface RetrySettings {
	/** Attempts after the first. */
	maxRetries: number;
	/** Ends the waiting, and the attempts. */
	signal: AbortSignal;
}

/** Nobody waits so long (ms) for a service that says when to come back. */
export const isTooLong = (delay = 0): boolean => delay > LONGEST_RETRY_AFTER_MS;

/** Whether the same request may well succeed a little later. */
export function isTransient({ facts }: OneCodexError): boolean {
	if (facts.isTransient !== undefined) return facts.isTransient;
	return (
		(facts.httpCode !== undefined && TRANSIENT_STATUS.has(facts.httpCode)) ||
		(facts.code !== undefined && TRANSIENT_CODE.has(facts.code))
	);
}

/** Whether the request certainly had no effect, so that repeating it cannot have two. */
export function wasNotCarriedOut({ facts }: OneCodexError): boolean {
	return facts.httpCode === 429 || facts.code === 'ECONNREFUSED';
}

/** Whether it is not known if the request was carried out: its answer was lost, or made no sense. */
export function mayBeDone(error: OneCodexError): boolean {
	return isTransient(error) && !wasNotCarriedOut(error);
}

/**
 * Attempts until it succeeds, fails for good, or was repeated often enough. In between it waits
 * as long as the service asked for (Retry-After), else with exponential backoff.
 *
 * @param shouldRepeat what an attempt may fail with and be repeated
 * @throws OneCodexError of the last attempt, or the signal's reason
 */
export async function retry<T>(
	attempt: () => Promise<T>,
	settings: RetrySettings,
	shouldRepeat?: (error: OneCodexError) => boolean,
): Promise<T> {
	for (let retries = 0; ; retries++) {
		try {
			return await attempt();
		} catch (cause) {
			await waitToRepeat(cause, retries, settings, shouldRepeat);
		}
	}
}

/**
 * Waits until it may be attempted again.
 *
 * @param cause what the last attempt failed with
 * @param retries attempts after the first, so far
 * @throws OneCodexError of the last attempt, where there is to be none; or the signal's reason
 */
export async function waitToRepeat(
	cause: unknown,
	retries: number,
	{ maxRetries, signal }: RetrySettings,
	shouldRepeat: (error: OneCodexError) => boolean = isTransient,
): Promise<void> {
	signal.throwIfAborted();
	const error = requestError(cause);
	const delay = delayBefore(retries, error);
	if (!shouldRepeat(error) || retries >= maxRetries || isTooLong(delay)) {
		error.facts.attempts = Math.max(error.facts.attempts ?? 1, retries + 1);
		throw error;
	}
	await wait(delay, signal);
}

/**
 * Milliseconds to wait before the next attempt: as the service said, else exponential with full
 * jitter, so that clients refused together do not return together. Who says "now", or names a time
 * that has passed, is not asked so fast that no attempt finds anything changed.
 */
export function delayBefore(retries: number, { facts }: OneCodexError): number {
	const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** retries);
	if (facts.retryAfter === undefined) return Math.random() * longest;
	const least = Math.min(longest, LEAST_WAIT_MS * 2 ** retries) * (0.5 + Math.random() / 2);
	return Math.max(facts.retryAfter, least);
}
