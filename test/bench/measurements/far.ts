import { freePort } from '../../n8n/ports';
import { timeLimit, type Bench } from '../bench';
import { Child } from '../child';
import type { FarNetworkSettings } from '../farNetwork';
import { sparseFile } from '../inputs';
import { interleaved, measureOnce, medians, type Figures } from '../measure';
import { uploadDocument } from '../peers/n8nPeer';
import { megabytesPerSecond, ratio, seconds, type Section } from '../report';
import { inWords, type Size } from '../sizes';
import { startSink } from '../sinkProcess';

const BYTES_PER_SECOND = 10e6;
/** Milliseconds each way. */
const DELAY = 40;
const CONCURRENCIES = [1, 2, 4, 8];

/** A way to send the file, and how fast it was in the median. */
export interface FarRow {
	name: string;
	size: Size;
	median: Figures;
}

/** One form against parts, where each connection is slow and far. */
export async function measureFar(bench: Bench): Promise<FarRow[]> {
	const { n8n, options, inputs, signal, say } = bench;
	const { farSize: size } = options;
	const [storagePort, port] = [await freePort(), await freePort()];
	const link: FarNetworkSettings = {
		port,
		target: storagePort,
		bytesPerSecond: BYTES_PER_SECOND,
		delay: DELAY,
	};
	const [network] = await Child.start('farNetwork.ts', link);
	const sink = await startSink({ storagePort, uploadUrl: `http://127.0.0.1:${port}` });
	try {
		const facts = (id: string, name: string) => ({
			id: `far-${id}`,
			name,
			what: '',
			sends: 'parts' as const,
		});
		const peers = [
			uploadDocument(n8n, facts('form', 'one form'), { transfer: 'post' }),
			...CONCURRENCIES.map((partConcurrency) =>
				uploadDocument(n8n, facts(`${partConcurrency}`, `parts, ${partConcurrency} at a time`), {
					transfer: 'multipart',
					partConcurrency,
				}),
			),
		];
		const file = await sparseFile(inputs, size);
		const timeout = timeLimit(size.bytes, BYTES_PER_SECOND);
		const job = { ...size, file, size: size.bytes, account: sink.account, timeout, signal };
		await n8n.useAccount(sink.account);
		await n8n.importWorkflows(...peers.map((peer) => peer.workflow(job)));

		const rows = peers.map((peer) => ({ peer, runs: [] as Figures[] }));
		await interleaved(rows, options.repeats, async ({ peer, runs }) => {
			const figures = await measureOnce(peer, job, sink);
			runs.push(figures);
			say(`${peer.name}: ${(figures.transfer / 1e3).toFixed(1)} s`);
		});
		return rows.map(({ peer, runs }) => ({ name: peer.name, size, median: medians(runs) }));
	} finally {
		await sink.stop();
		await network.stop();
	}
}

export function farSection(rows: FarRow[]): Section {
	const [form] = rows;
	const { size } = form;
	const byForm = ({ median }: FarRow) => form.median.transfer / median.transfer;
	const four = rows.find(({ name }) => name.includes(' 4 '));
	const gain = four ? byForm(four) : NaN;
	return {
		title: 'A far network',
		text: `One file of ${inWords(size)} through this package in n8n, where each connection to the storage carries ${BYTES_PER_SECOND / 1e6} MB/s and a byte is ${DELAY} ms under way. That is simulated by a proxy in between (test/bench/farNetwork.ts): a rate, a delay, and a round trip to begin with; no loss, no slow start, no TLS. Parts have 16 MiB, so the last round of parts is not always full.`,
		tables: [
			{
				title: `${inWords(size)} at ${BYTES_PER_SECOND / 1e6} MB/s for each connection`,
				columns: ['Way', 'Transfer, s', 'MB/s', 'By one form', 'Service, s', 'By one form'],
				rows: rows.map((row) => [
					row.name,
					seconds(row.median.transfer),
					megabytesPerSecond(size.bytes, row.median.transfer),
					ratio(byForm(row)),
					seconds(row.median.service),
					ratio(form.median.service / row.median.service),
				]),
			},
		],
		aims: [
			{
				what: '4 parts at a time, by one form',
				aim: '≥ 3.5',
				result: ratio(gain),
				isMet: gain >= 3.5,
			},
		],
	};
}
