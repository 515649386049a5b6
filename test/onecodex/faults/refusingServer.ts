import { Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';

const ATTEMPTS = 5;
/** Milliseconds. */
const BETWEEN_ATTEMPTS = 100;

/** A server that can refuse connections for a while, as one does that is being restarted. */
export class RefusingServer extends Server {
	private port = 0;
	private refusesUntil = 0;
	private timer?: NodeJS.Timeout;
	private closed = false;

	/**
	 * Stops listening, at once, and listens again on the same port after `ms`; connections that exist
	 * live on. Of refusals that overlap the last end counts. An Error is thrown, caught by nobody,
	 * when the port is not to be had again.
	 */
	refuse(ms: number): void {
		if (this.closed) return;
		const now = Date.now();
		this.refusesUntil = Math.max(this.refusesUntil, now + ms);
		if (this.listening) {
			this.port = (this.address() as AddressInfo).port;
			// Not that of http, which ends idle connections too.
			NetServer.prototype.close.call(this);
		}
		this.listenAfter(this.refusesUntil - now, ATTEMPTS);
	}

	private listenAfter(ms: number, attempts: number): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => {
			const failed = (error: Error): void => {
				if (this.closed) return;
				if (attempts === 1) throw error;
				this.listenAfter(BETWEEN_ATTEMPTS, attempts - 1);
			};
			this.once('error', failed);
			this.listen(this.port, '127.0.0.1', () => this.off('error', failed));
		}, ms);
	}

	override close(callback?: (error?: Error) => void): this {
		this.closed = true;
		clearTimeout(this.timer);
		return super.close(callback);
	}
}
