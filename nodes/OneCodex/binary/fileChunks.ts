/** Small enough to stay in the processor's cache from reading to sending, large enough for few calls. */
export const CHUNK_BYTES = 256 * 1024;

/** For who copies a chunk at once, into memory that no cache holds: fewer calls still. */
export const COPIED_BYTES = 1024 * 1024;

/**
 * So many chunks may still be held by whoever takes them: the HTTP helper has three at the most, one
 * in the socket and one in each of the two streams before it, and n8n's store of files two.
 */
export const CHUNKS_HELD = 8;

/**
 * The chunks of a stream of n8n's binary store. Where it reads a file, Node.js takes new memory for
 * each chunk; what other streams give may be a part of memory that somebody else uses.
 *
 * @param mostHeld chunks that may still be read when the next is taken
 */
export function fileChunks(
	stream: AsyncIterable<Uint8Array>,
	mostHeld = CHUNKS_HELD,
): AsyncIterable<Uint8Array> {
	return 'fd' in stream ? givenBack(stream, mostHeld) : stream;
}

/**
 * Chunks that nobody else has, each given back once mostHeld others were taken after it: to wait for
 * the garbage collector takes memory, and more time than to read and send the file.
 */
export async function* givenBack(
	chunks: AsyncIterable<Uint8Array>,
	mostHeld = CHUNKS_HELD,
): AsyncGenerator<Uint8Array> {
	const held: Uint8Array[] = [];
	for await (const chunk of chunks) {
		yield chunk;
		held.push(chunk);
		if (held.length > mostHeld) giveBack(held.shift()!);
	}
}

/**
 * Gives back the memory of a chunk that nobody uses any more: it moves out of its buffer into one
 * without bytes. Node.js 20 cannot, and collects it later, as it does what is a part of a larger one.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
	const memory: ArrayBufferLike & { transfer?(bytes: number): unknown } = buffer;
	if (byteLength === memory.byteLength) memory.transfer?.(0);
}
