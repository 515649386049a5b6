import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { CommandOptions } from './command';

export interface Server {
	url: string;
	/** What the process says. */
	logFile: string;
	/** Of the process itself. */
	pid: number;
	/** Resolves when the process has ended, asked or not. */
	ended: Promise<void>;
	/** Lets this process end before it. */
	release(): void;
	stop(): Promise<void>;
	/** Ends it as a power cut would, its own children too. */
	kill(): Promise<void>;
}

/** Seconds on an idle machine; a busy one may need minutes, and a start that failed ends by itself. */
const startTimeout = 240_000;
const stopTimeout = 15_000;

const isRunning = ({ exitCode, signalCode }: ChildProcess) =>
	exitCode === null && signalCode === null;

/** The web server answers before the REST routes are there; the settings come last. */
const mainPaths = ['/healthz/readiness', '/rest/settings'];
/** A worker has no REST routes. */
export const workerPaths = ['/healthz/readiness'];

async function isReady(url: string, paths: string[]): Promise<boolean> {
	try {
		const answers = await Promise.all(paths.map(async (path) => await fetch(url + path)));
		return answers.every(({ ok }) => ok);
	} catch {
		return false;
	}
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (!isRunning(child)) return;
	child.kill('SIGTERM');
	const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
	await ended;
	clearTimeout(timer);
}

/** The processes that a process has started, and those that these have. */
function descendants(pid: number): number[] {
	const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
	const pairs = table
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const childrenOf = (parent: number): number[] =>
		pairs.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...childrenOf(child)]);
	return childrenOf(pid);
}

async function kill(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (!isRunning(child) || child.pid === undefined) return;
	const others = descendants(child.pid);
	child.kill('SIGKILL');
	for (const pid of others) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// It went with its parent.
		}
	}
	await ended;
}

export async function startServer(
	[command, ...args]: [string, ...string[]],
	port: number,
	{ cwd, env, signal }: CommandOptions,
	readyPaths = mainPaths,
): Promise<Server> {
	const logFile = join(cwd, 'n8n.log');
	const log = createWriteStream(logFile);
	await once(log, 'open');
	const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log] });
	const ended = once(child, 'exit').then(() => log.close());
	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + startTimeout;
	while (!(await isReady(url, readyPaths))) {
		if (!isRunning(child) || signal?.aborted || Date.now() > deadline) {
			await stop(child, ended);
			signal?.throwIfAborted();
			const said = readFileSync(logFile, 'utf8').slice(-2_000);
			throw new Error(`n8n did not start; the end of ${logFile}:\n${said}`);
		}
		await delay(250);
	}
	return {
		url,
		logFile,
		pid: child.pid ?? 0,
		ended,
		release: () => child.unref(),
		stop: async () => await stop(child, ended),
		kill: async () => await kill(child, ended),
	};
}
