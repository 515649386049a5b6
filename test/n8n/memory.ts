import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

const interval = 100;

/** The most bytes that a process had in memory so far, as Linux counts them. */
function peakOf(pid: number): number | undefined {
	try {
		const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
	} catch {
		return undefined;
	}
}

/**
 * Watches a process until it ends; the result gives its peak, which only grows, as it was a moment
 * before the end. It gives undefined on systems without /proc.
 */
export function watchPeakMemory(child: ChildProcess): () => number | undefined {
	let peak: number | undefined;
	const timer = setInterval(() => {
		if (child.pid !== undefined) peak = peakOf(child.pid) ?? peak;
	}, interval);
	const end = () => clearInterval(timer);
	child.once('exit', end).once('error', end);
	return () => peak;
}
