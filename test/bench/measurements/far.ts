import { freePort } from '../../n8n/ports';
import { timeLimit, type Bench } from '../bench';
import { Child } from '../child';
import type { FarNetworkSettings } from '../farNetwork';
import { sparseFile } from '../inputs';
import { interleaved, measureOnce, medians, type Figures } from '../measure';
import { uploadDocument } from '../peers/n8nPeer';
import { megabytesPerSecond, ratio, seconds, type Section } from '../report';
import { inWords, size, type Size } from '../sizes';
import { startSink, type Sink } from '../sinkProcess';

const BYTES_PER_SECOND = 10e6;
/** Milliseconds each way. */
const DELAY = 40;
const CONCURRENCIES = [1, 2, 4, 8];

/** Of these, one form and 4 parts at a time: from which size on are parts faster? */
const THRESHOLDS = '16MB,32MB,48MB,64MB,100MB'.split(',').map(size);

/** A way to send the file, and how fast it was in the median. */
export interface FarRow {
	name: string;
	size: Size;
	median: Figures;
}

type Options = { transfer: 'post' } | { transfer: 'multipart'; partConcurrency: number };

const BY_FORM: Options = { transfer: 'post' };
const inParts = (partConcurrency: number): Options => ({ transfer: 'multipart', partConcurrency });

/** What takes turns: a file of one size by several ways. */
interface Crossing {
	size: Size;
	ways: Options[];
}

const nameOf = (way: Options): string =>
	way.transfer === 'post' ? 'form' : `parts, ${way.partConcurrency} at a time`;

async function measureCrossing(
	{ n8n, inputs, signal, say }: Bench,
	sink: Sink,
	{ size, ways }: Crossing,
): Promise<FarRow[]> {
	const peers = ways.map((way, number) => {
		const facts = { id: `far-${number}`, name: nameOf(way), what: '', sends: 'parts' } as const;
		return uploadDocument(n8n, facts, { ...way });
	});
	const file = await sparseFile(inputs, size);
	const timeout = timeLimit(size.bytes, BYTES_PER_SECOND);
	const job = { ...size, file, size: size.bytes, account: sink.account, timeout, signal };
	await n8n.importWorkflows(...peers.map((peer) => peer.workflow(job)));
	const rows = peers.map((peer) => ({ peer, runs: [] as Figures[] }));
	// Its rate and its delay are what takes the time: it is the same each time.
	await interleaved(rows, 1, async ({ peer, runs }) => {
		const figures = await measureOnce(peer, job, sink);
		runs.push(figures);
		say(`${inWords(size)}, ${peer.name}: ${(figures.transfer / 1e3).toFixed(1)} s`);
	});
	return rows.map(({ peer, runs }) => ({ name: peer.name, size, median: medians(runs) }));
}

/** One form against parts, where each connection is slow and far. */
export async function measureFar(bench: Bench): Promise<FarRow[]> {
	const { n8n, options } = bench;
	const [storagePort, port] = [await freePort(), await freePort()];
	const link: FarNetworkSettings = {
		port,
		target: storagePort,
		bytesPerSecond: BYTES_PER_SECOND,
		delay: DELAY,
	};
	const [network] = await Child.start('farNetwork.ts', link);
	const sink = await startSink({ storagePort, uploadUrl: `http://127.0.0.1:${port}` });
	const crossings: Crossing[] = [
		{ size: options.farSize, ways: [BY_FORM, ...CONCURRENCIES.map(inParts)] },
		...THRESHOLDS.map((each) => ({ size: each, ways: [BY_FORM, inParts(4)] })),
	];
	try {
		await n8n.useAccount(sink.account);
		const rows: FarRow[] = [];
		for (const crossing of crossings) rows.push(...(await measureCrossing(bench, sink, crossing)));
		return rows;
	} finally {
		await sink.stop();
		await network.stop();
	}
}

export function farSection(rows: FarRow[]): Section {
	const { size } = rows[0];
	const whole = rows.filter((row) => row.size === size);
	const formOf = (row: FarRow) => rows.find((each) => each.size === row.size) ?? row;
	const byForm = (row: FarRow) => formOf(row).median.transfer / row.median.transfer;
	const serviceByForm = (row: FarRow) => formOf(row).median.service / row.median.service;
	const four = whole.find(({ name }) => name === nameOf(inParts(4)));
	const smaller = rows.filter((row) => row.size !== size && row !== formOf(row));
	const gain = four ? byForm(four) : NaN;
	return {
		title: 'A far network',
		text: `One file of ${inWords(size)} through this package in n8n, where each connection to the storage carries ${BYTES_PER_SECOND / 1e6} MB/s and a byte is ${DELAY} ms under way. That is simulated by a proxy in between (test/bench/farNetwork.ts): a rate, a delay, and a round trip to begin with; no loss, no slow start, no TLS. Parts have 16 MiB, so the last round of parts is not always full. One run of each.`,
		tables: [
			{
				title: `${inWords(size)} at ${BYTES_PER_SECOND / 1e6} MB/s for each connection`,
				columns: ['Way', 'Transfer, s', 'MB/s', 'By form', 'Service, s', 'By form'],
				rows: whole.map((row) => [
					row.name,
					seconds(row.median.transfer),
					megabytesPerSecond(size.bytes, row.median.transfer),
					ratio(byForm(row)),
					seconds(row.median.service),
					ratio(serviceByForm(row)),
				]),
			},
			{
				title: 'From which size on parts are faster',
				columns: ['Size', 'Form, service, s', '4 parts at a time, service, s', 'By form'],
				rows: smaller.map((row) => [
					inWords(row.size),
					seconds(formOf(row).median.service),
					seconds(row.median.service),
					ratio(serviceByForm(row)),
				]),
			},
		],
		aims: [
			{
				what: '4 parts at a time, by a form',
				aim: '≥ 3.5',
				result: ratio(gain),
				isMet: gain >= 3.5,
			},
		],
	};
}
