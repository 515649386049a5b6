import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const mib = 2 ** 20;
const samplesPerSecond = 20;

/** Bytes that a process has in memory now; undefined where the system does not say. */
export function residentOf(pid: number): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
	} catch {
		return undefined;
	}
}

/** Bytes of a process that does nothing, once it has come to rest: the same, or less, for a while. */
export async function idleOf(pid: number): Promise<number | undefined> {
	let least = Infinity;
	for (let calm = 0, tries = 0; calm < 20 && tries < 300; tries++) {
		const now = residentOf(pid);
		if (now === undefined) return undefined;
		calm = Math.abs(now - least) < 2 * mib ? calm + 1 : 0;
		least = now;
		await delay(250);
	}
	return least;
}

/** The most bytes that a process has in memory while something is done; 0 where nobody says. */
export async function peakDuring<T>(pid: number, action: () => Promise<T>): Promise<[T, number]> {
	let peak = 0;
	const sampling = setInterval(() => {
		peak = Math.max(peak, residentOf(pid) ?? 0);
	}, 1_000 / samplesPerSecond);
	const result = await action().finally(() => clearInterval(sampling));
	return [result, peak];
}
