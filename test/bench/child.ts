import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ANSWER_TIMEOUT = 60_000;

/** A program of this folder that runs as a process of its own, and ends with this one. */
export class Child {
	private constructor(private readonly process: ChildProcess) {}

	/** @returns the child, and what it says once it is ready. */
	static async start<Ready>(program: string, settings: object): Promise<[Child, Ready]> {
		const child = new Child(fork(join(__dirname, program), [JSON.stringify(settings)]));
		return [child, await child.nextMessage<Ready>()];
	}

	/** Asks for what it has, and waits for the answer. */
	async ask<Answer>(): Promise<Answer> {
		this.process.send('');
		return await this.nextMessage<Answer>();
	}

	async stop(): Promise<void> {
		if (this.process.exitCode !== null || this.process.signalCode !== null) return;
		const ended = once(this.process, 'exit');
		this.process.kill();
		await ended;
	}

	private async nextMessage<Message>(): Promise<Message> {
		const left = new AbortController();
		const ended = once(this.process, 'exit', { signal: left.signal }).then(([code]) => {
			throw new Error(`${this.process.spawnargs.join(' ')} ended with ${code}`);
		});
		const limit = AbortSignal.any([left.signal, AbortSignal.timeout(ANSWER_TIMEOUT)]);
		try {
			const [message] = await Promise.race([
				once(this.process, 'message', { signal: limit }),
				ended,
			]);
			return message as Message;
		} finally {
			ended.catch(() => undefined);
			left.abort();
		}
	}
}
