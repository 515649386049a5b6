import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../http';
import { errorAnswer } from '../storage/answers';
import { policyExpired, S3Error } from '../storage/errors';
import type { Exchange } from './inject';

const S3_ERRORS = {
	InternalError: () =>
		new S3Error('InternalError', 'We encountered an internal error. Please try again.'),
	SlowDown: () => new S3Error('SlowDown', 'Please reduce your request rate.'),
	RequestTimeout: () =>
		new S3Error(
			'RequestTimeout',
			'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
		),
	PolicyExpired: policyExpired,
};

/**
 * S3's refusal of a request that it does not look into; undefined where there is none. A redirect
 * leads to the same path at `regionUrl`.
 */
export function refusal({ fault, record }: Exchange, regionUrl = ''): Answer | undefined {
	if (fault?.kind === 's3') {
		const { code, retryAfter } = fault;
		const answer = errorAnswer(S3_ERRORS[code]());
		if (retryAfter === undefined) return answer;
		return { ...answer, headers: { ...answer.headers, 'Retry-After': retryAfter } };
	}
	if (fault?.kind === 'errorIn200') {
		return { ...errorAnswer(S3_ERRORS.InternalError()), status: 200 };
	}
	if (fault?.kind !== 'redirect') return undefined;
	const { location = regionUrl + record.path } = fault;
	const { status, headers, body } = errorAnswer(
		new S3Error(
			'TemporaryRedirect',
			'Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests.',
			{ Endpoint: location },
		),
	);
	return { status, headers: { ...headers, Location: location }, body };
}

/** Milliseconds. Short, so that nobody waits long for the bytes of a connection that is gone. */
const NAP = 20;

/** The same chunks, no faster than that. */
export function paced(
	chunks: AsyncIterator<Buffer>,
	bytesPerSecond: number,
	socket: Socket,
): AsyncIterableIterator<Buffer> {
	const start = Date.now();
	let bytes = 0;
	return {
		next: async () => {
			const result = await chunks.next();
			if (!result.done) bytes += result.value.length;
			const due = start + (bytes / bytesPerSecond) * 1000;
			while (Date.now() < due && !socket.destroyed) await sleep(NAP);
			return result;
		},
		[Symbol.asyncIterator]() {
			return this;
		},
		return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
	};
}

/** The same bytes but for one bit of the first. */
export async function* corrupted(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
	let isFirst = true;
	for await (const chunk of content) {
		const bytes = isFirst ? Buffer.from(chunk) : chunk;
		if (isFirst) bytes[0] ^= 1;
		isFirst = false;
		yield bytes;
	}
}
