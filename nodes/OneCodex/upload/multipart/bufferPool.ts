/** Buffers of one size, so many and no more: they are what an upload in parts has in memory. */
export class BufferPool {
	private readonly free: Buffer[] = [];

	private readonly waiting: Array<(buffer: Buffer) => void> = [];

	private made = 0;

	constructor(
		private readonly size: number,
		private readonly most: number,
	) {}

	/** A buffer that nobody uses, as soon as there is one; rejects when the signal aborts first. */
	async borrow(signal: AbortSignal): Promise<Buffer> {
		signal.throwIfAborted();
		const free = this.free.pop();
		if (free) return free;
		if (this.made < this.most) {
			this.made++;
			// Its old content goes nowhere: only what was written to it is sent.
			return Buffer.allocUnsafeSlow(this.size);
		}
		return await new Promise<Buffer>((resolve, reject) => {
			const onAbort = () => reject(signal.reason);
			signal.addEventListener('abort', onAbort, { once: true });
			this.waiting.push((buffer) => {
				// One that stayed would keep the buffer, for Node.js keeps a signal of several that has any.
				signal.removeEventListener('abort', onAbort);
				resolve(buffer);
			});
		});
	}

	giveBack(buffer: Buffer): void {
		const next = this.waiting.shift();
		if (next) next(buffer);
		else this.free.push(buffer);
	}
}
