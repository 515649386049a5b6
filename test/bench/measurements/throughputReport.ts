import { createHash } from 'node:crypto';

import { mebibytes, megabytesPerSecond, percent, ratio, seconds } from '../report';
import type { Aim, Section, Table } from '../report';
import { inWords, type Size } from '../sizes';
import type { Row } from './throughput';

const MIB = 2 ** 20;
const GB = 1e9;
/** Bytes above the same workflow. */
const FORM_MEMORY = 64 * MIB;
const PARTS_MEMORY = 4 * 16 * MIB + FORM_MEMORY;

const TEXT = `Files of zeros that take no room on the disk, uploaded to a service that judges every request as the stand-in for One Codex does, and throws the bytes away. Every run is a new process. The file is in the system's cache (above 10 GB it is not), and n8n reads a copy that it has just written. This package computes the MD5 of what it sends, as boto3 does and the others do not.

- **Transfer**: bytes by the time from the first to the last byte that the storage got. Below 20 ms there is no speed to tell.
- **Service**: from the first request to the API to the last, so with what a program does between them, such as reading the file into memory.
- **Whole run**: from the start of the first process to the end of the last. For n8n that is its start, a copy of the file into its binary store, and its end too; **above n8n** is without what the same workflow takes that only reads the file.
- **Memory**: the most that the processes had (VmHWM). **Above n8n** is that less the most that the same workflow had without the upload; **growth** is by how much the process grew from the first request on.
- **Sink**: how much of one core the service used during the transfer. Near 100 % the service is what was measured.`;

/** What no upload that verifies can be faster than: the best of five, as others may use the machine. */
function md5Alone(): string {
	const bytes = Buffer.alloc(256 * MIB);
	const times = Array.from({ length: 5 }, () => {
		const started = performance.now();
		createHash('md5').update(bytes).digest();
		return performance.now() - started;
	});
	const speed = megabytesPerSecond(bytes.length, Math.min(...times));
	return `MD5 alone, of bytes that are in memory, does ${speed} MB/s on this machine, on one core: n8n's nodes have one thread, so that an upload that verifies stays below it.`;
}

const find = (rows: Row[], id: string, bytes: number): Row | undefined =>
	rows.find(({ peer, size, runs }) => peer.id === id && size.bytes === bytes && runs.length > 0);

const nameOf = (rows: Row[], id: string): string =>
	rows.find(({ peer }) => peer.id === id)?.peer.name ?? id;

function table(rows: Row[], size: Size): Table {
	const of = rows.filter((row) => row.size === size);
	const curl = find(rows, 'curl', size.bytes)?.median;
	const base = find(rows, 'no-upload', size.bytes)?.median;
	const cells = ({ peer, median, refusal }: Row): string[] => {
		if (refusal !== undefined) return [peer.name, ...Array<string>(9).fill('–'), refusal];
		const { transfer, service, whole, peak, growth, sinkBusy } = median;
		const above = (value: number, without?: number) =>
			peer.inN8n && peer.sends !== 'none' && without !== undefined ? value - without : NaN;
		const sends = peer.sends !== 'none';
		return [
			peer.name,
			sends ? megabytesPerSecond(size.bytes, transfer) : '–',
			sends && curl && transfer >= 20 ? ratio(curl.transfer / transfer) : '–',
			sends ? seconds(service) : '–',
			seconds(whole),
			seconds(above(whole, base?.whole)),
			curl ? ratio(whole / curl.whole) : '–',
			mebibytes(peak || NaN),
			mebibytes(above(peak, base?.peak)),
			peer.inN8n && sends ? mebibytes(growth) : '–',
			sends && transfer >= 20 ? percent(sinkBusy) : '–',
		];
	};
	return {
		title: inWords(size),
		columns: [
			'Peer',
			'Transfer, MB/s',
			'By curl',
			'Service, s',
			'Whole run, s',
			'Above n8n, s',
			'By curl',
			'Memory, MiB',
			'Above n8n, MiB',
			'Growth, MiB',
			'Sink',
		],
		rows: of.map(cells),
	};
}

function speedAims(rows: Row[]): Aim[] {
	const others = rows.filter(
		({ peer, size, runs }) =>
			size.bytes === GB && runs.length > 0 && peer.sends !== 'none' && !peer.id.startsWith('ours-'),
	);
	const curl = find(rows, 'curl', GB)?.median;
	return ['ours-form', 'ours-unverified', 'ours-parts'].flatMap((id): Aim[] => {
		const ours = find(rows, id, GB);
		const share = ours && curl ? curl.transfer / ours.median.transfer : NaN;
		const name = nameOf(rows, id);
		const rivals = others.filter(({ peer }) => peer.id !== 'curl');
		const fastest = Math.min(...rivals.map(({ median }) => median.service));
		return [
			{
				what: `Transfer of 1 GB by curl's: ${name}`,
				aim: '≥ 0.75',
				result: ratio(share),
				isMet: Number.isFinite(share) ? share >= 0.75 : undefined,
			},
			{
				what: `1 GB from the first request to the last: ${name}`,
				aim: `< every other peer but curl (${seconds(fastest)} s)`,
				result: `${seconds(ours?.median.service ?? NaN)} s`,
				isMet: ours && Number.isFinite(fastest) ? ours.median.service < fastest : undefined,
			},
		];
	});
}

function memoryAims(rows: Row[]): Aim[] {
	return [
		{ id: 'ours-form', most: FORM_MEMORY, sizes: [GB, 5 * GB] },
		{ id: 'ours-parts', most: PARTS_MEMORY, sizes: [GB, 20 * GB] },
	].flatMap(({ id, most, sizes }) =>
		sizes.map((bytes): Aim => {
			const ours = find(rows, id, bytes)?.median.peak;
			const base = find(rows, 'no-upload', bytes)?.median.peak;
			const above = ours && base ? ours - base : NaN;
			return {
				what: `Memory above the same workflow at ${bytes / GB} GB: ${nameOf(rows, id)}`,
				aim: `< ${mebibytes(most)} MiB`,
				result: `${mebibytes(above)} MiB`,
				isMet: Number.isFinite(above) ? above < most : undefined,
			};
		}),
	);
}

export function throughputSection(rows: Row[]): Section {
	const sizes = [...new Set(rows.map(({ size }) => size))];
	return {
		title: 'Throughput and memory',
		text: `${TEXT}\n\n${md5Alone()}`,
		tables: sizes.map((size) => table(rows, size)),
		aims: [...speedAims(rows), ...memoryAims(rows)],
	};
}
