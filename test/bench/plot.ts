import type { FarRow } from './measurements/far';
import type { Row } from './measurements/throughput';
import { barChart, barChartHeight } from './plot/barChart';
import { lineChart, type LineChart, type Series } from './plot/lineChart';
import { svg } from './plot/svg';
import { inWords } from './sizes';

const WIDTH = 960;
const CHART_HEIGHT = 330;
const PADDING = 20;
const MIB = 2 ** 20;

/** How each peer's line looks, by its id: what runs in n8n has colours of its own. */
const LOOKS: Record<string, Pick<Series, 'color' | 'dash'>> = {
	curl: { color: 'ink', dash: '' },
	requests: { color: 'yellow', dash: '6 3' },
	httpie: { color: 'yellow', dash: '2 3' },
	boto3: { color: 'purple', dash: '' },
	axios: { color: 'faint', dash: '6 3' },
	'http-request': { color: 'red', dash: '' },
	'ours-form': { color: 'blue', dash: '' },
	'ours-unverified': { color: 'blue', dash: '6 3' },
	'ours-parts': { color: 'green', dash: '' },
	'no-upload': { color: 'faint', dash: '2 3' },
};

function chart(rows: Row[], title: string, valueOf: (row: Row) => number): LineChart {
	const measured = rows
		.filter(({ runs }) => runs.length > 0)
		.map((row) => ({ row, y: valueOf(row) }))
		.filter(({ y }) => Number.isFinite(y) && y > 0);
	const sizes = [...new Set(measured.map(({ row }) => row.size))];
	const peers = [...new Set(measured.map(({ row }) => row.peer))];
	return {
		title,
		xTicks: sizes.map((size) => ({ value: size.bytes, label: inWords(size) })),
		yLabel: (value) => value.toLocaleString('en'),
		series: peers.map((peer) => ({
			name: peer.name,
			points: measured
				.filter(({ row }) => row.peer === peer)
				.map(({ row, y }) => ({ x: row.size.bytes, y })),
			isOurs: peer.id.startsWith('ours-'),
			...LOOKS[peer.id],
		})),
	};
}

/** What was measured, as far as it was. */
export function plot(rows: Row[], far: FarRow[]): string {
	// Of a transfer that takes no time there is no speed to tell.
	const speed = ({ size, peer, median }: Row) =>
		peer.sends === 'none' || median.transfer < 20 ? NaN : size.bytes / median.transfer / 1e3;
	const charts = [
		chart(rows, 'Transfer as the storage sees it, MB/s', speed),
		chart(rows, 'Peak memory of the processes, MiB', ({ median }) => median.peak / MIB),
	].filter(({ series }) => series.length > 0);
	const ofOneSize = far.filter(({ size }) => size === far[0].size);
	const bars = ofOneSize.map(({ name, size, median }) => {
		const value = size.bytes / median.transfer / 1e3;
		const gain = far[0].median.transfer / median.transfer;
		return { name, value, label: `${value.toFixed(1)} (× ${gain.toFixed(2)})` };
	});

	const content: string[] = [];
	let y = PADDING;
	const box = (height: number) => ({ x: PADDING, y, width: WIDTH - 2 * PADDING, height });
	for (const each of charts) {
		content.push(...lineChart(each, box(CHART_HEIGHT)));
		y += CHART_HEIGHT + PADDING;
	}
	if (bars.length > 0) {
		const height = barChartHeight(bars.length);
		const title = 'A far network, 10 MB/s for each connection and 40 ms each way: MB/s';
		content.push(...barChart(title, bars, box(height)));
		y += height + PADDING;
	}
	return svg(WIDTH, y, 'Benchmark of n8n-nodes-onecodex', content);
}
