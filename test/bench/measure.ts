import { growthSince } from './memory';
import type { Job, Peer } from './peers/types';
import type { ServerView } from './sink/types';
import type { Sink } from './sinkProcess';

/** What one run of a peer came to. Times in milliseconds, memory in bytes. */
export interface Figures {
	/** From the first to the last byte that the storage got. */
	transfer: number;
	/** From the first request to the API to the last, as the service sees it. */
	service: number;
	/** From the start of the first process to the end of the last. */
	whole: number;
	/** The most memory that its processes had. */
	peak: number;
	/** By how much it grew from the first request on. */
	growth: number;
	/** How much of one core the sink used meanwhile; near 1 the sink is what was measured. */
	sinkBusy: number;
}

/** A peer that ran to its end without uploading the file. */
export class Refusal extends Error {}

export const median = (values: number[]): number => {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The median of each figure; NaN for all where there are none. */
export const medians = (runs: Figures[]): Figures => {
	const of = (name: keyof Figures) => median(runs.map((run) => run[name]));
	return {
		transfer: of('transfer'),
		service: of('service'),
		whole: of('whole'),
		peak: of('peak'),
		growth: of('growth'),
		sinkBusy: of('sinkBusy'),
	};
};

/** How the storage refused what came, if it did. */
function refusedWith({ bodies }: ServerView): string | undefined {
	const code = bodies.find((body) => body.code !== undefined)?.code;
	if (code === 'EntityTooLarge') return 'refused: one POST carries 5 GiB (EntityTooLarge)';
	return code && `refused: ${code}`;
}

/** Runs a peer once. @throws Refusal when the file did not become a document of its size */
export async function measureOnce(peer: Peer, job: Job, sink: Sink): Promise<Figures> {
	// What came before is not this peer's.
	await sink.take();
	const outcome = await peer.run(job).catch(async (error: unknown) => {
		job.signal.throwIfAborted();
		const message = error instanceof Error ? error.message : String(error);
		throw new Refusal(refusedWith(await sink.take()) ?? `failed: ${lastLine(message)}`);
	});
	const view = await sink.take();
	const { startedAt, endedAt, memory } = outcome;
	const whole = endedAt - startedAt;
	if (peer.sends === 'none') {
		return { transfer: 0, service: 0, whole, peak: memory.peak, growth: 0, sinkBusy: 0 };
	}
	if (view.confirmed.length !== 1 || view.confirmed[0] !== job.size) {
		throw new Refusal(refusedWith(view) ?? 'failed: the document was not confirmed');
	}
	const stored = view.bodies.filter(({ status }) => status < 300);
	const first = stored.reduce((one, other) => (other.firstByte < one.firstByte ? other : one));
	const last = stored.reduce((one, other) => (other.lastByte > one.lastByte ? other : one));
	const transfer = last.lastByte - first.firstByte;
	const begun = view.api[0].at;
	const ended = view.api[view.api.length - 1].at;
	return {
		transfer,
		service: ended - begun,
		whole,
		peak: memory.peak,
		growth: growthSince(memory, begun, ended),
		sinkBusy: (last.cpu.last - first.cpu.first) / Math.max(1, transfer),
	};
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';

/**
 * Every peer once, then every peer again, each round beginning with another one: what the machine
 * does meanwhile meets all of them alike.
 */
export async function interleaved<T>(
	peers: T[],
	repeats: number,
	once: (peer: T) => Promise<void>,
): Promise<void> {
	for (let repeat = 0; repeat < repeats; repeat++) {
		for (let index = 0; index < peers.length; index++) {
			await once(peers[(index + repeat) % peers.length]);
		}
	}
}
