/** Small enough to stay in the processor's cache from reading to sending, large enough for few calls. */
export const CHUNK_BYTES = 256 * 1024;

/**
 * So many chunks may still be held by whoever sends them: the HTTP helper has three at the most, one
 * in the socket and one in each of the two streams before it.
 */
export const CHUNKS_HELD = 8;

/**
 * The chunks of a stream of n8n's binary store. Where it reads a file, Node.js takes new memory for
 * each chunk, and waiting for the garbage collector to give it back costs more time than to read and
 * send the file; so a chunk's memory is given back here once CHUNKS_HELD others were taken after it.
 */
export async function* fileChunks(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const isFile = 'fd' in stream;
	const held: Uint8Array[] = [];
	for await (const chunk of stream) {
		yield chunk;
		// What other streams give may be a part of memory that somebody else uses.
		if (!isFile || chunk.byteLength < chunk.buffer.byteLength) continue;
		held.push(chunk);
		if (held.length > CHUNKS_HELD) free(held.shift()!.buffer);
	}
}

/** Moves it out of its buffer into one without bytes; Node.js 20 cannot, and so collects it later. */
function free(memory: ArrayBufferLike & { transfer?(bytes: number): unknown }): void {
	memory.transfer?.(0);
}
