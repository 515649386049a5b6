import { timeLimit, type Bench } from '../bench';
import { readThrough, sparseFile } from '../inputs';
import { interleaved, measureOnce, medians, Refusal, type Figures } from '../measure';
import { availableMemory } from '../memory';
import { MOST_REPEATED, runsOf } from '../options';
import { allPeers } from '../peers';
import { isWorkflowPeer } from '../peers/n8nPeer';
import type { Job, Peer } from '../peers/types';
import { mebibytes, megabytesPerSecond, seconds } from '../report';
import { inWords, type Size } from '../sizes';
import { startSink, type Sink } from '../sinkProcess';

/** A peer with a file of one size. */
export interface Row {
	peer: Peer;
	size: Size;
	runs: Figures[];
	/** Of the runs. */
	median: Figures;
	/** Why there are none. */
	refusal?: string;
}

/** Larger files are for this package alone: others took the time that they take already. */
const MOST_FOR_ALL = 10e9;

const isForLarge = ({ id, sends }: Peer): boolean => id.startsWith('ours-') || sends === 'none';

/** Without a check, parts tell of speed alone. */
const isForAll = ({ id }: Peer, bytes: number): boolean =>
	id !== 'ours-parts-unverified' || bytes <= MOST_REPEATED;

/** What makes it useless, or harmful to the machine, to run a peer. */
function obstacle({ holds }: Peer, { bytes }: Size): string | undefined {
	const available = availableMemory();
	if (!holds || !available || holds * bytes < 0.8 * available) return undefined;
	return `not run: it would hold ${((holds * bytes) / 1e9).toFixed(0)} GB in memory`;
}

async function missingPeers(peers: Peer[]): Promise<Map<Peer, string>> {
	const found = new Map<Peer, string>();
	for (const peer of peers) {
		const missing = await peer.missing();
		if (missing) found.set(peer, missing);
	}
	return found;
}

async function measureSize(
	{ options, say }: Bench,
	rows: Row[],
	job: Job,
	sink: Sink,
): Promise<void> {
	const runnable = rows.filter(({ refusal }) => refusal === undefined);
	await interleaved(runnable, runsOf(options, job.size), async (row) => {
		if (row.refusal !== undefined) return;
		const what = `${inWords(row.size)}, ${row.peer.name}`;
		try {
			const figures = await measureOnce(row.peer, job, sink);
			row.runs.push(figures);
			const { transfer, whole, peak } = figures;
			const speed = `${megabytesPerSecond(job.size, transfer)} MB/s`;
			say(`${what}: ${seconds(whole)} s, ${speed}, ${mebibytes(peak)} MiB`);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			row.refusal = error.message;
			say(`${what}: ${row.refusal}`);
		}
	});
}

/** Throughput, time and memory of every peer with every size. */
export async function measureThroughput(bench: Bench): Promise<Row[]> {
	const { n8n, options, inputs, signal, say } = bench;
	const sink = await startSink();
	try {
		const peers = allPeers(n8n, sink.account);
		const missing = await missingPeers(peers);
		const jobs = new Map<Size, Job>();
		for (const size of options.sizes) {
			const file = await sparseFile(inputs, size);
			const { label, bytes } = size;
			const timeout = timeLimit(bytes);
			jobs.set(size, { label, file, size: bytes, account: sink.account, timeout, signal });
		}
		await n8n.useAccount(sink.account);
		await n8n.importWorkflows(
			...peers
				.filter(isWorkflowPeer)
				.flatMap((peer) => [...jobs.values()].map((job) => peer.workflow(job))),
		);

		const all: Row[] = [];
		for (const [size, job] of jobs) {
			const rows = peers
				.filter((peer) => size.bytes <= MOST_FOR_ALL || isForLarge(peer))
				.filter((peer) => isForAll(peer, size.bytes))
				.map((peer): Row => {
					// What was refused once is refused when it is larger.
					const before = all.find((row) => row.peer === peer && row.refusal !== undefined);
					const refusal = missing.get(peer) ?? before?.refusal ?? obstacle(peer, size);
					return { peer, size, runs: [], median: medians([]), refusal };
				});
			if (all.length === 0) {
				say('A run that does not count, so that n8n is in the cache of the disk');
				const warmUp = rows.find(({ peer }) => peer.sends === 'none');
				await warmUp?.peer.run(job);
			}
			if (size.bytes <= MOST_FOR_ALL) await readThrough(job.file);
			await measureSize(bench, rows, job, sink);
			for (const row of rows) if (row.refusal === undefined) row.median = medians(row.runs);
			all.push(...rows);
		}
		return all;
	} finally {
		await sink.stop();
	}
}
