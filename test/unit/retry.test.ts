import { OneCodexError } from '../../nodes/OneCodex/errors/oneCodexError';
import { delayBefore, isTransient, retry, wasNotCarriedOut } from '../../nodes/OneCodex/http/retry';
import { ownTime } from '../ownTime';

const never = new AbortController().signal;
const status = (httpCode: number, facts = {}) =>
	new OneCodexError('service', `status ${httpCode}`, { httpCode, retryAfter: 0, ...facts });
const network = (code: string) => new OneCodexError('network', code, { code });

/** Fails with these in turn, then succeeds. */
function failing(...errors: Error[]) {
	const attempt = jest.fn(async () => {
		const error = errors.shift();
		return await (error ? Promise.reject(error) : Promise.resolve('done'));
	});
	return attempt;
}

it.each([408, 429, 500, 502, 503, 504])('status %d may pass', (code) => {
	expect(isTransient(status(code))).toBe(true);
});

it.each([200, 307, 400, 401, 402, 403, 404, 405, 409, 412, 413, 501])(
	'status %d will not pass',
	(code) => expect(isTransient(status(code))).toBe(false),
);

it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'RequestTimeout'])(
	'%s may pass',
	(code) => expect(isTransient(network(code))).toBe(true),
);

it.each(['ENOTFOUND', 'CERT_HAS_EXPIRED', 'ERR_CANCELED', 'EntityTooLarge', 'AccessDenied'])(
	'%s will not pass',
	(code) => expect(isTransient(network(code))).toBe(false),
);

it('an error that says itself whether it may pass is believed', () => {
	expect(isTransient(status(200, { isTransient: true }))).toBe(true);
	expect(isTransient(status(503, { isTransient: false }))).toBe(false);
});

it('only a refusal for the rate and a refused connection surely had no effect', () => {
	const all = [
		status(429),
		network('ECONNREFUSED'),
		// By RFC 9110 it had none, but some gateways say so of a server that is too slow.
		status(408),
		status(503),
		network('ECONNRESET'),
	];
	expect(all.map(wasNotCarriedOut)).toEqual([true, true, false, false, false]);
});

it('repeats until it succeeds', async () => {
	const attempt = failing(status(503), status(429));
	await expect(retry(attempt, { maxRetries: 5, signal: never })).resolves.toBe('done');
	expect(attempt).toHaveBeenCalledTimes(3);
});

it('gives up after so many, and the error knows how many', async () => {
	const attempt = failing(status(503), status(503), status(503));
	await expect(retry(attempt, { maxRetries: 1, signal: never })).rejects.toMatchObject({
		facts: { httpCode: 503, attempts: 2 },
	});
	expect(attempt).toHaveBeenCalledTimes(2);
});

it('does not repeat what will not pass', async () => {
	const attempt = failing(status(404));
	await expect(retry(attempt, { maxRetries: 5, signal: never })).rejects.toThrow('status 404');
	expect(attempt).toHaveBeenCalledTimes(1);
});

it('waits as long as the service asked', async () => {
	const start = performance.now();
	const attempt = failing(status(429, { retryAfter: 300 }));
	await retry(attempt, { maxRetries: 1, signal: never });
	expect(performance.now() - start).toBeGreaterThanOrEqual(295);
});

it('does not take "now" for "at once, again and again"', () => {
	const waits = [0, 1, 2, 3, 4].map((retries) => delayBefore(retries, status(503)));
	const least = waits.map((_, retries) => 50 * 2 ** retries);
	waits.forEach((each, retries) => expect(each).toBeGreaterThanOrEqual(least[retries]));
	expect(Math.max(...waits)).toBeLessThanOrEqual(1_600);
});

it('waits for nobody who asks for an hour', async () => {
	const attempt = failing(status(503, { retryAfter: 3_600_000 }));
	await expect(retry(attempt, { maxRetries: 5, signal: never })).rejects.toThrow('status 503');
});

it('backs off by itself no longer than a second at first', async () => {
	const start = ownTime();
	await retry(failing(network('ECONNRESET')), { maxRetries: 1, signal: never });
	expect(ownTime() - start).toBeLessThan(1_500);
});

it('stops in a wait, and after an attempt, with the signal', async () => {
	for (const delay of [60_000, 0]) {
		const stop = new AbortController();
		const attempt = failing(status(503, { retryAfter: delay }), status(503), status(503));
		const trying = retry(attempt, { maxRetries: 5, signal: stop.signal });
		stop.abort(new Error('stopped'));
		await expect(trying).rejects.toThrow('stopped');
		expect(attempt).toHaveBeenCalledTimes(1);
	}
});
