/** Milliseconds by which a Date header may be early, which has whole seconds. */
const CLOCK_GRAIN_MS = 1_500;

/**
 * When a request left, in milliseconds since 1970, by the clock of who answered a later one: what it
 * made was not made before. This machine's clock may be another.
 *
 * @param at when the later answer was given, by that clock, where it tells
 * @param elapsed milliseconds since the request left
 */
export function sentSince(at: number | undefined, elapsed: number): number {
	return (at ?? Date.now()) - elapsed - CLOCK_GRAIN_MS;
}
