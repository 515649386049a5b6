import { createHash } from 'crypto';

import { readAsDeclared, type BinaryFile } from '../binary/binaryFile';
import type { OneCodexError } from '../errors/oneCodexError';
import { requestError } from '../errors/requestError';
import type { Progress } from '../http/idle';

/** A link that takes longer than this for a chunk gets smaller ones. */
const SLOW_MS = 1_000;

/** Small enough that even a very slow link takes one within an idle time. */
const SLOW_CHUNK_BYTES = 64 * 1024;

/** Bytes that may still be in buffers on the way when the last one was handed over. */
const BUFFERED_BYTES = 8 * 1024 * 1024;

/**
 * A File whose bytes are read from n8n's binary store only while they are sent. The HTTP helper
 * asks a form's file for its `size`, to know the Content-Length, and for its `stream()`: with both
 * overridden nothing is ever in memory but the chunk on its way.
 */
export class StreamedFile extends File {
	/** Why the source could not be read as declared; the helper reports only a broken request. */
	failure?: OneCodexError;

	/** MD5 of the whole file, in hex, once all of it was handed over and if it was asked for. */
	md5?: string;

	private reading?: AsyncIterator<Uint8Array>;

	private isSlow = false;

	/** @param progress told whenever bytes were taken */
	constructor(
		name: string,
		private readonly source: Pick<BinaryFile, 'size' | 'read'>,
		private readonly settings: { hash: boolean; progress: Progress },
	) {
		super([], name);
		// A data property of the base type, so not to be overridden by a getter.
		Object.defineProperty(this, 'size', { value: source.size });
	}

	stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
		const bytes = this.bytesAsDeclared();
		this.reading = bytes;
		return ReadableStream.from(bytes);
	}

	/**
	 * Lets go of the source where the transfer ended before it did. Nobody waits for it, as a source
	 * that hangs would never be closed.
	 */
	close(): void {
		this.reading?.return?.().catch(() => undefined);
	}

	private async *bytesAsDeclared(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
		const { hash, progress } = this.settings;
		const md5 = hash ? createHash('md5') : undefined;
		const startedAt = performance.now();
		try {
			for await (const chunk of readAsDeclared(this.source)) {
				md5?.update(chunk);
				yield* this.pieces(chunk as Uint8Array<ArrayBuffer>);
			}
		} catch (error) {
			throw (this.failure = requestError(error));
		}
		this.md5 = md5?.digest('hex');
		// The rate is that of what has left the buffers, as far as that can be told.
		const buffered = Math.min(1, BUFFERED_BYTES / Math.max(1, this.size - BUFFERED_BYTES));
		progress((performance.now() - startedAt) * buffered);
	}

	/** A chunk as a whole, for speed, or from where the link proves slow in small pieces. */
	private *pieces(chunk: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
		let length = chunk.length;
		for (let from = 0; from < chunk.length; from += length) {
			if (this.isSlow) length = SLOW_CHUNK_BYTES;
			const before = performance.now();
			yield chunk.subarray(from, from + length);
			this.isSlow = performance.now() - before > SLOW_MS * (length / chunk.length);
			this.settings.progress();
		}
	}
}
