import { ANSWER_TIMEOUT_MS } from '../api/answer';
import { OneCodexError } from '../errors/oneCodexError';
import { eachUnlessIdle, unlessIdle } from '../http/idle';
import { waitToRepeat } from '../http/retry';
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
				if (at > (to ?? Infinity)) throw otherBytes(body, sizeSaid(body, at), to);
				retries = 0;
				yield chunk;
				if (at === to && !isLast && !endsAt(body, to)) return;
			}
			if (at === (to ?? at)) return;
			if (!body.isPart && body.hasEnd) throw otherBytes(body, `${at} bytes`, to);
			throw brokeOff();
		} catch (cause) {
			await waitToRepeat(cause, retries++, { maxRetries: MAX_RETRIES, signal });
		} finally {
			body?.close();
		}
	}
}

/** Whether the body is a part up to there and no further, so that one more byte of it is wrong. */
const endsAt = ({ isPart, from, length }: OpenObject, to: number) =>
	isPart && length !== undefined && from + length === to;

/** What the body has from a byte on; given up when nothing comes for too long. */
async function* rest(
	{ body, from, isPart, length }: OpenObject,
	start: number,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	let skip = start - from;
	let got = 0;
	for await (const whole of eachUnlessIdle(body, ANSWER_TIMEOUT_MS, signal)) {
		got += whole.length;
		if (isPart && got > (length ?? got)) throw keptCompressed();
		const chunk = whole.subarray(Math.min(skip, whole.length));
		skip -= whole.length - chunk.length;
		if (chunk.length) yield chunk;
	}
	if (isPart && got < (length ?? got)) throw keptCompressed();
}

/** How much the storage has, which has more than it should. */
function sizeSaid({ size = 0 }: OpenObject, got: number): string {
	return size >= got ? `${size} bytes` : 'more';
}

/** A body of the right length on its way, of which other bytes come out, was compressed by the storage. */
function otherBytes(body: OpenObject, given: string, expected?: number): OneCodexError {
	const isRight = body.length !== undefined && body.length === expected;
	return isRight ? keptCompressed() : otherSize(given, expected);
}

function keptCompressed(): OneCodexError {
	return new OneCodexError('service', 'The storage keeps the file with a Content-Encoding', {
		description:
			'n8n undoes that, and would give you another file than is stored. Fetch it with another client.',
	});
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
