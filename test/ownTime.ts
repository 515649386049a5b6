import { readFileSync } from 'node:fs';

/** How long a process was ready to run while others had the processor, in ms; 0 where Linux is not. */
function waited(pid: number | 'self'): number {
	try {
		const [, nanoseconds] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
		return Number(nanoseconds) / 1e6;
	} catch {
		return 0;
	}
}

/**
 * A clock, in ms, that stands still while this process, or one that works for it, waits for its turn
 * at the processor: what is to be done within two seconds is to be done within two of these, however
 * busy the machine is.
 */
export const ownTime = (...others: number[]): number =>
	[waited('self'), ...others.map(waited)].reduce((time, each) => time - each, performance.now());
