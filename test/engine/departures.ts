import { subscribe } from 'node:diagnostics_channel';

let count = 0;
subscribe('http.client.request.created', () => count++);

/**
 * How many requests have left this process so far. A server cannot tell: what it has not got yet may
 * be on its way.
 */
export const departures = (): number => count;
