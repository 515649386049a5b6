import { ANSWER_TIMEOUT_MS } from '../api/answer';
import { OneCodexError } from '../errors/oneCodexError';
import { requestError } from '../errors/requestError';
import { eachUnlessIdle, unlessIdle } from '../http/idle';
import { delayBefore, isTransient } from '../http/retry';
import { wait } from '../http/wait';
import { getObject, type OpenObject } from '../storage/getObject';
import type { StorageContext } from '../storage/request';

/** More than a request gets, for a file that is still being moved: a minute and a half or so. */
export const MAX_RETRIES = 9;

/** An object of S3 behind a signed link. */
export interface LinkedObject {
	context: StorageContext;
	link: string;
	/** That it must still have. */
	etag?: string;
	/** Bytes that it must have, where that is known. */
	size?: number;
}

/** Bytes of an object: the first, and the one after the last, undefined for all that there are. */
export interface Range {
	from: number;
	to?: number;
}

/** A body that is being read; `close` ends the connection. */
export type OpenBody = OpenObject & { close(): void };

/** @throws OneCodexError */
export async function openRange(
	{ context, link, etag, size }: LinkedObject,
	range: Range,
	signal: AbortSignal,
): Promise<OpenBody> {
	const closing = new AbortController();
	const close = () => closing.abort();
	const opened = await unlessIdle(ANSWER_TIMEOUT_MS, signal, async (idle) => {
		idle.addEventListener('abort', close, { once: true });
		const until = AbortSignal.any([signal, closing.signal]);
		try {
			return await getObject(context, link, { ...range, etag, size }, until);
		} finally {
			idle.removeEventListener('abort', close);
		}
	});
	return { ...opened, close };
}

/**
 * The bytes of a range, once. Where the connection breaks, the rest is fetched from there on.
 *
 * @param first the range, opened already
 * @throws OneCodexError
 */
export async function* bytesOf(
	object: LinkedObject,
	{ from, to }: Range,
	signal: AbortSignal,
	first?: OpenBody,
): AsyncGenerator<Uint8Array> {
	const isLast = to === undefined || to === object.size;
	let body = first;
	let at = from;
	for (let retries = 0; ; body = undefined) {
		try {
			body ??= await openRange(object, { from: at, to }, signal);
			for await (const whole of rest(body, at, signal)) {
				// A server that does not heed the range goes on behind it.
				const chunk = isLast ? whole : whole.subarray(0, to - at);
				at += chunk.length;
				if (at > (to ?? Infinity)) throw otherSize(sizeSaid(body, at), to);
				retries = 0;
				yield chunk;
				if (at === to && !isLast) return;
			}
			if (at === (to ?? at)) return;
			if (!body.isPart && body.hasEnd) throw otherSize(`${at} bytes`, to);
			throw brokeOff();
		} catch (cause) {
			signal.throwIfAborted();
			const error = requestError(cause);
			if (!isTransient(error) || retries >= MAX_RETRIES) throw error;
			await wait(delayBefore(retries++, error), signal);
		} finally {
			body?.close();
		}
	}
}

/** What the body has from a byte on; given up when nothing comes for too long. */
async function* rest(
	{ body, from }: OpenObject,
	start: number,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	let skip = start - from;
	for await (const whole of eachUnlessIdle(body, ANSWER_TIMEOUT_MS, signal)) {
		const chunk = whole.subarray(Math.min(skip, whole.length));
		skip -= whole.length - chunk.length;
		if (chunk.length) yield chunk;
	}
}

/** How much the storage has, which has more than it should. */
function sizeSaid({ size = 0 }: OpenObject, got: number): string {
	return size >= got ? `${size} bytes` : 'more';
}

function otherSize(given: string, expected?: number): OneCodexError {
	return new OneCodexError('service', `The storage gives ${given} instead of ${expected} bytes`, {
		description: 'Look at it in One Codex. Run it again a little later.',
	});
}

function brokeOff(): OneCodexError {
	return new OneCodexError('network', 'The connection was closed early', {
		code: 'ECONNRESET',
		description: 'Check the network, then run it again.',
	});
}
