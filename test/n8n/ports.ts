import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (from 32,768 on Linux): n8n takes
 * seconds to start, and by then another test's connection may have taken one of those.
 */
const FROM = 20_000;
const TO = 32_000;

/** What is chosen is not taken yet: each of jest's workers has ports of its own, and gives each once. */
const WORKERS = 12;
const EACH = (TO - FROM) / WORKERS;
const ownFrom = FROM + (Number(process.env.JEST_WORKER_ID ?? 0) % WORKERS) * EACH;
const given = new Set<number>();

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch {
		return false;
	}
	server.close();
	await once(server, 'close');
	return true;
}

/** A port that nobody listens on: the preferred one, else any. */
export async function freePort(preferred?: number): Promise<number> {
	if (preferred !== undefined && (await isFree(preferred))) return preferred;
	for (let tries = 0; tries < 100; tries++) {
		const port = ownFrom + randomInt(EACH);
		if (given.has(port) || !(await isFree(port))) continue;
		given.add(port);
		return port;
	}
	throw new Error('No port is free on 127.0.0.1');
}
