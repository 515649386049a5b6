import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { serversIn, sharedFolder } from './folder';
import type { SharedServer } from './server';

/** Sends a signal; false where the process has ended. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(pid, name);
	} catch {
		return false;
	}
}

async function end(pid: number): Promise<void> {
	signal(pid, 'SIGTERM');
	for (const deadline = Date.now() + 15_000; signal(pid, 0); await delay(100)) {
		if (Date.now() > deadline) signal(pid, 'SIGKILL');
	}
}

/** Ends the n8n's that test files have shared, and removes what they left. */
export default async function tearDown(): Promise<void> {
	const folder = sharedFolder();
	if (folder === undefined) return;
	const files = (await readdir(serversIn(folder))).filter((name) => name.endsWith('.json'));
	const servers = await Promise.all(
		files.map(async (name) => await readFile(join(serversIn(folder), name), 'utf8')),
	);
	await Promise.all(
		servers.map(async (text) => {
			const { pid } = JSON.parse(text) as Partial<SharedServer>;
			if (pid !== undefined) await end(pid);
		}),
	);
	await rm(folder, { recursive: true, force: true });
}
