/** Longer than any closing boundary with its line breaks (RFC 2046: 70 characters at most). */
const TAIL = 128;

/** A body of which only the beginning and the end are kept: nobody looks at what is between. */
export class Body {
	/** Bytes that have come. */
	received = 0;
	private readonly beginning: Buffer[] = [];
	private end = Buffer.alloc(0);

	/**
	 * @param length bytes that it will have.
	 * @param kept how many of its first bytes are kept.
	 */
	constructor(
		readonly length: number,
		private readonly kept: number,
	) {}

	/** @returns what is beyond its end. */
	add(chunk: Buffer): Buffer {
		const own = chunk.subarray(0, this.length - this.received);
		const early = own.subarray(0, Math.max(0, this.kept - this.received));
		// Copied, because the next read goes into the same memory.
		if (early.length > 0) this.beginning.push(Buffer.from(early));
		const late = own.subarray(early.length);
		if (this.kept > 0 && late.length > 0) {
			this.end = Buffer.concat([this.end, late.subarray(-TAIL)]).subarray(-TAIL);
		}
		this.received += own.length;
		return chunk.subarray(own.length);
	}

	get isWhole(): boolean {
		return this.received === this.length;
	}

	/** Bytes between those that were kept. */
	get skipped(): number {
		return this.received - this.keptChunks().reduce((sum, { length }) => sum + length, 0);
	}

	/** What was kept, as if it were all. */
	async *chunks(): AsyncGenerator<Buffer, undefined> {
		for (const chunk of this.keptChunks()) yield await Promise.resolve(chunk);
		return undefined;
	}

	private keptChunks(): Buffer[] {
		return [...this.beginning, this.end].filter(({ length }) => length > 0);
	}
}
