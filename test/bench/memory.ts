import { readFileSync } from 'node:fs';

/** Milliseconds. What is read is each process's own peak, so that little is missed in between. */
const INTERVAL = 50;

export interface MemorySample {
	/** Milliseconds since the epoch. */
	at: number;
	/** Bytes that the processes had in memory. */
	resident: number;
}

/** Of a process and those that it started. Empty where the system has no /proc. */
export interface MemoryUse {
	/** Bytes: the sum of the peaks of the processes that were there at the same time. */
	peak: number;
	samples: MemorySample[];
}

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		// It has ended.
		return '';
	}
}

const kibOf = (status: string, name: string): number =>
	Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024;

/** Those that main threads started, which is how all of our programs do it. */
function withDescendants(pid: number): number[] {
	const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
	return [pid, ...children.flatMap(withDescendants)];
}

/** Bytes that programs could have without swapping; undefined where the system does not say. */
export const availableMemory = (): number | undefined =>
	kibOf(read('/proc/meminfo'), 'MemAvailable') || undefined;

/** Watches a process until it is told to stop. */
export function watchMemory(pid: number): () => MemoryUse {
	const use: MemoryUse = { peak: 0, samples: [] };
	const look = (): void => {
		const statuses = withDescendants(pid).map((each) => read(`/proc/${each}/status`));
		const sum = (name: string) =>
			statuses.reduce((bytes, status) => bytes + kibOf(status, name), 0);
		const resident = sum('VmRSS');
		if (resident === 0) return;
		use.samples.push({ at: Date.now(), resident });
		use.peak = Math.max(use.peak, sum('VmHWM'));
	};
	look();
	const timer = setInterval(look, INTERVAL);
	return () => {
		clearInterval(timer);
		return use;
	};
}

/** The most that a process grew by after a time. */
export function growthSince({ samples }: MemoryUse, start: number, end: number): number {
	const before = samples.filter(({ at }) => at <= start).at(-1);
	const during = samples.filter(({ at }) => at > start && at <= end);
	if (!before || during.length === 0) return 0;
	return Math.max(0, ...during.map(({ resident }) => resident - before.resident));
}
