import type { BenchN8n } from './n8n';
import type { BenchOptions } from './options';

/** What every measurement works with. */
export interface Bench {
	options: BenchOptions;
	n8n: BenchN8n;
	/** Files to upload; the only folder that n8n may read. */
	inputs: string;
	signal: AbortSignal;
	/** Tells how far it is. */
	say(text: string): void;
}

/** Milliseconds within which a process is over, however slow the machine. */
export const timeLimit = (bytes: number, bytesPerSecond = 20e6): number =>
	120_000 + Math.ceil((bytes / bytesPerSecond) * 1_000);
