import type { MemoryUse } from '../memory';
import type { Account } from '../sinkProcess';

/** One file to upload. */
export interface Job {
	/** Its size, as people write it. */
	label: string;
	/** A file of the name report.pdf, in a folder of its own. */
	file: string;
	/** Bytes. */
	size: number;
	account: Account;
	/** Milliseconds after which it is given up. */
	timeout: number;
	signal: AbortSignal;
}

/** How a whole run of a peer went, as seen from outside. */
export interface Outcome {
	/** Milliseconds since the epoch: from the start of its first process to the end of its last. */
	startedAt: number;
	endedAt: number;
	memory: MemoryUse;
}

/** One way of uploading a file to One Codex. */
export interface Peer {
	id: string;
	/** In tables and plots. */
	name: string;
	/** What it is, in a sentence. */
	what: string;
	/** `none` is n8n reading the file and not uploading it. */
	sends: 'form' | 'parts' | 'none';
	/** Whether it runs in n8n: then what the same workflow needs without it is taken off. */
	inN8n?: boolean;
	/** How many times the file's size it has in memory, where it is known to hold it. */
	holds?: number;
	/** Why it cannot run here; undefined when it can. */
	missing(): Promise<string | undefined>;
	/** Uploads the file. @throws Error when its program fails */
	run(job: Job): Promise<Outcome>;
}
