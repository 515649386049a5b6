import { OneCodexError } from '../errors';
import { ANSWER_TIMEOUT_MS } from '../transport/apiAnswer';
import { getObject, type OpenObject } from '../transport/getObject';
import { unlessIdle } from '../transport/idle';
import { retry } from '../transport/retry';
import { rangeBytes } from './rangeBytes';
import { MAX_RETRIES, type ObjectSource } from './source';

export interface ReadableObject {
	/** The object as it was opened first. */
	opened: OpenObject;
	/** All bytes, once. */
	bytes: AsyncGenerator<Uint8Array>;
}

/**
 * Opens an object by its signed link.
 *
 * @param expected bytes that it must have; null where that is not known
 * @throws OneCodexError
 */
export async function readObject(
	source: ObjectSource,
	expected: number | null,
): Promise<ReadableObject> {
	const { context, link, signal } = source;
	const stop = new AbortController();
	// One byte tells the size, and whether the server gives parts.
	const probe = async () =>
		await unlessIdle(ANSWER_TIMEOUT_MS, signal, async (idle) => {
			const forward = () => stop.abort(idle.reason);
			idle.addEventListener('abort', forward, { once: true });
			return await getObject(context, link, { from: 0, to: 0 }, stop.signal);
		});
	const opened = await retry(probe, { maxRetries: MAX_RETRIES, signal });
	const size = expected ?? opened.size;
	if (opened.size !== undefined && opened.size !== size) {
		stop.abort();
		throw otherSize(opened.size, size);
	}
	if (opened.isPart && size !== undefined) {
		return { opened, bytes: rangeBytes(source, size, opened.etag) };
	}
	return { opened, bytes: wholeBytes(opened, size, signal, stop) };
}

/** The body as it comes, from a server that gives the whole only. */
async function* wholeBytes(
	{ body }: OpenObject,
	size: number | undefined,
	signal: AbortSignal,
	stop: AbortController,
): AsyncGenerator<Uint8Array> {
	const chunks = body[Symbol.asyncIterator]();
	const onAbort = () => stop.abort(signal.reason);
	signal.addEventListener('abort', onAbort, { once: true });
	let received = 0;
	try {
		for (;;) {
			const next = await unlessIdle(ANSWER_TIMEOUT_MS, signal, async () => await chunks.next());
			if (next.done) break;
			received += next.value.length;
			if (size !== undefined && received > size) throw otherSize('more', size);
			yield next.value;
		}
		if (size !== undefined && received < size) throw otherSize(received, size);
	} finally {
		signal.removeEventListener('abort', onAbort);
		stop.abort();
	}
}

function otherSize(given: number | string, size?: number): OneCodexError {
	return new OneCodexError('service', `The storage gives ${given} instead of ${size} bytes`, {
		description: 'Look at the document in One Codex. Run it again a little later.',
	});
}
