import { OneCodexError } from '../errors';
import { ANSWER_TIMEOUT_MS } from '../transport/apiAnswer';
import { getObject } from '../transport/getObject';
import { unlessIdle } from '../transport/idle';
import { retry } from '../transport/retry';
import { MAX_RETRIES, type ObjectSource } from './source';

/** As in an upload in parts: so many at a time of this size are in memory, and no more. */
const RANGE_BYTES = 16 * 1024 * 1024;
const RANGES_AT_ONCE = 4;

/**
 * The bytes of an object in their order, fetched in ranges, several at a time. A range whose
 * connection breaks is fetched again, alone.
 *
 * @param etag what the object must still have, so that all ranges are of the same
 * @throws OneCodexError
 */
export async function* rangeBytes(
	source: ObjectSource,
	size: number,
	etag: string | undefined,
): AsyncGenerator<Uint8Array> {
	const stop = new AbortController();
	const signal = AbortSignal.any([source.signal, stop.signal]);
	const pending: Array<Promise<Uint8Array>> = [];
	let next = 0;
	const begin = () => {
		if (next >= size) return;
		const range = { from: next, to: Math.min(next + RANGE_BYTES, size) - 1, etag };
		next += RANGE_BYTES;
		const fetching = fetchRange({ ...source, signal }, range);
		// What it fails with is told when its turn comes.
		fetching.catch(() => undefined);
		pending.push(fetching);
	};
	try {
		for (let count = 0; count < RANGES_AT_ONCE; count++) begin();
		for (let range = pending.shift(); range; range = pending.shift()) {
			yield await range;
			begin();
		}
	} finally {
		stop.abort();
	}
}

async function fetchRange(
	{ context, link, signal }: ObjectSource,
	range: { from: number; to: number; etag?: string },
): Promise<Uint8Array> {
	const bytes = Buffer.allocUnsafeSlow(range.to - range.from + 1);
	const attempt = async () =>
		await unlessIdle(ANSWER_TIMEOUT_MS, signal, async (idle, progress) => {
			const object = await getObject(context, link, range, idle);
			let received = 0;
			for await (const chunk of object.body) {
				if (!object.isPart || received + chunk.length > bytes.length) throw notTheRange();
				bytes.set(chunk, received);
				received += chunk.length;
				progress();
			}
			if (received < bytes.length) throw brokeOff();
			return bytes;
		});
	return await retry(attempt, { maxRetries: MAX_RETRIES, signal });
}

function notTheRange(): OneCodexError {
	return new OneCodexError('service', 'The storage gives another part of the file than asked for', {
		description: 'Check for a proxy in between.',
	});
}

function brokeOff(): OneCodexError {
	return new OneCodexError('network', 'The connection was closed early', {
		code: 'ECONNRESET',
		description: 'Check the network, then run it again.',
	});
}
