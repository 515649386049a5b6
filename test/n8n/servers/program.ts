import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A server that a test started for itself. */
export interface RunningServer {
	port: number;
	/** Resolves when it has ended and left nothing behind. */
	stop(): Promise<void>;
}

const startTimeout = 30_000;
const stopTimeout = 10_000;

/**
 * Starts a program that stays in the foreground, and waits until it is ready.
 *
 * @param signal what ends it without waiting for its clients
 * @returns what ends it
 * @throws Error with what it said, when it ended or was not ready in time
 */
export async function startProgram(
	[command, ...args]: [string, ...string[]],
	options: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'>,
	isReady: () => Promise<boolean>,
	signal: NodeJS.Signals,
): Promise<() => Promise<void>> {
	let said = '';
	// Debian keeps servers where only root looks by itself.
	const env = { ...process.env, PATH: [process.env.PATH, '/usr/sbin'].join(delimiter) };
	const child = spawn(command, args, { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] });
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
	}
	const ended = once(child, 'exit').catch((error: Error) => (said += error.message));
	const isRunning = () => child.pid !== undefined && (child.exitCode ?? child.signalCode) === null;
	const stop = async () => {
		if (isRunning()) child.kill(signal);
		const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
		await ended;
		clearTimeout(timer);
	};
	for (const deadline = Date.now() + startTimeout; !(await isReady()); await delay(100)) {
		if (isRunning() && Date.now() < deadline) continue;
		await stop();
		throw new Error(
			`${command} did not start ("node scripts/setup.mjs --services" installs it):\n${said}`,
		);
	}
	return stop;
}
