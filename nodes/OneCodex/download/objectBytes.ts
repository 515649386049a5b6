import { OneCodexError } from '../errors';
import { ANSWER_TIMEOUT_MS } from '../transport/apiAnswer';
import { requestError } from '../transport/failures';
import { getObject, type OpenObject } from '../transport/getObject';
import { unlessIdle } from '../transport/idle';
import { delayBefore, isTransient, retry } from '../transport/retry';
import type { StorageContext } from '../transport/storageRequest';
import { wait } from '../transport/wait';

/** More than a request gets, for a file that is still being moved: a minute and a half or so. */
const MAX_RETRIES = 9;

/** An object, and how to have its bytes. */
export interface ReadableObject {
	/** The object as it was opened first. */
	opened: OpenObject;
	/** All bytes, once. Where the connection breaks, the rest is fetched from there on. */
	bytes: AsyncGenerator<Uint8Array>;
}

/**
 * Opens an object by its signed link.
 *
 * @param size bytes that it must have; null where that is not known
 * @throws OneCodexError
 */
export async function readObject(
	context: StorageContext,
	link: string,
	size: number | null,
	signal: AbortSignal,
): Promise<ReadableObject> {
	const attempt = new AbortController();
	const open = async () =>
		await unlessIdle(ANSWER_TIMEOUT_MS, signal, async (idle) => {
			idle.addEventListener('abort', () => attempt.abort(idle.reason), { once: true });
			return await getObject(context, link, { from: 0 }, AbortSignal.any([signal, attempt.signal]));
		});
	const opened = await retry(open, { maxRetries: MAX_RETRIES, signal });
	const expected = size ?? opened.size;
	if (expected !== undefined && opened.size !== undefined && opened.size !== expected) {
		attempt.abort();
		throw otherSize(`${opened.size} bytes`, expected);
	}
	return { opened, bytes: bytesOf(context, link, opened, attempt, expected, signal) };
}

async function* bytesOf(
	context: StorageContext,
	link: string,
	first: OpenObject,
	firstAttempt: AbortController,
	expected: number | undefined,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	let object: OpenObject | undefined = first;
	let attempt = firstAttempt;
	let received = 0;
	for (let retries = 0; ; ) {
		try {
			object ??= await getObject(
				context,
				link,
				{ from: received, etag: first.etag },
				AbortSignal.any([signal, attempt.signal]),
			);
			for await (const chunk of rest(object, received, signal)) {
				received += chunk.length;
				if (received > (expected ?? Infinity)) throw otherSize('more', expected);
				retries = 0;
				yield chunk;
			}
			if (received === (expected ?? received)) return;
			throw brokeOff();
		} catch (cause) {
			signal.throwIfAborted();
			const error = requestError(cause);
			if (!isTransient(error) || retries >= MAX_RETRIES) throw error;
			await wait(delayBefore(retries++, error), signal);
		} finally {
			attempt.abort();
		}
		object = undefined;
		attempt = new AbortController();
	}
}

/** What the body has from a byte on; given up when nothing comes for too long. */
async function* rest(
	{ body, from }: OpenObject,
	start: number,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	const chunks = body[Symbol.asyncIterator]();
	let skip = start - from;
	for (;;) {
		const next = await unlessIdle(ANSWER_TIMEOUT_MS, signal, async () => await chunks.next());
		if (next.done) return;
		const chunk = next.value.subarray(Math.min(skip, next.value.length));
		skip -= next.value.length - chunk.length;
		if (chunk.length) yield chunk;
	}
}

function otherSize(given: string, expected?: number): OneCodexError {
	return new OneCodexError('service', `The storage gives ${given} instead of ${expected} bytes`, {
		description: 'Look at the document in One Codex. Run it again a little later.',
	});
}

function brokeOff(): OneCodexError {
	return new OneCodexError('network', 'The connection was closed early', {
		code: 'ECONNRESET',
		description: 'Check the network, then run it again.',
	});
}
