import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** Milliseconds by which a Date header may be early, which has whole seconds. */
const CLOCK_GRAIN_MS = 1_500;

/**
 * When a request left, in milliseconds since 1970, by the clock of who answered a later one: what it
 * made was not made before. This machine's clock may be another.
 *
 * @param headers of that answer
 * @param elapsed milliseconds since the request left
 */
export function sentSince(headers: IN8nHttpFullResponse['headers'], elapsed: number): number {
	const now = Date.parse(String(headers.date)) || Date.now();
	return now - elapsed - CLOCK_GRAIN_MS;
}
