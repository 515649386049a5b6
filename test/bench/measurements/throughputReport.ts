import { mebibytes, megabytesPerSecond, percent, ratio, seconds } from '../report';
import type { Aim, Section, Table } from '../report';
import { inWords, type Size } from '../sizes';
import { digestsAlone, speedOf } from './digests';
import type { Row } from './throughput';

const MIB = 2 ** 20;
const GB = 1e9;
/** Bytes above the same workflow. */
const FORM_MEMORY = 64 * MIB;
const PARTS_MEMORY = 4 * 16 * MIB + FORM_MEMORY;

/** Of curl's transfer, at the least. A form that verifies is limited by its MD5 instead. */
const SHARES = { 'ours-unverified': 0.9, 'ours-parts': 0.5 };
const OF_MD5 = 0.75;

const TEXT = `Files of zeros that take no room on the disk, uploaded to a service that judges every request as the stand-in for One Codex does, and throws the bytes away. Every run is a new process. The file is in the system's cache (above 10 GB it is not), and n8n reads a copy that it has just written. With Verify Integrity this package computes a digest of what it sends, as boto3 does and the others do not: the MD5 of a form, the SHA-256 of each part. The service checks every signature, but computes no digest of a file: it would measure itself.

- **Transfer**: bytes by the time from the first to the last byte that the storage got. Below 20 ms there is no speed to tell.
- **Service**: from the first request to the API to the last, so with what a program does between them, such as reading the file into memory.
- **Whole run**: from the start of the first process to the end of the last. For n8n that is its start, a copy of the file into its binary store, and its end too; **above n8n** is without what the same workflow takes that only reads the file.
- **Memory**: the most that the processes had (VmHWM). **Above n8n** is that less the most that the same workflow had without the upload; **growth** is by how much the process grew from the first request on.
- **Sink**: how much of one core the service used during the transfer. Near 100 % the service is what was measured.`;

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

/** @param md5 bytes a millisecond of MD5 alone, which no form that verifies can be faster than */
function verifiedAims(rows: Row[], md5: number): Aim[] {
	const [form, parts, boto3] = ['ours-form', 'ours-parts', 'boto3'].map(
		(id) => find(rows, id, GB)?.median.transfer ?? NaN,
	);
	const ofMd5 = GB / form / md5;
	const ofBoto3 = boto3 / parts;
	return [
		{
			what: `Transfer of 1 GB by MD5 alone: ${nameOf(rows, 'ours-form')}`,
			aim: `≥ ${OF_MD5}`,
			result: ratio(ofMd5),
			isMet: Number.isFinite(ofMd5) ? ofMd5 >= OF_MD5 : undefined,
		},
		{
			what: `Transfer of 1 GB by boto3's: ${nameOf(rows, 'ours-parts')}`,
			aim: '> 1',
			result: ratio(ofBoto3),
			isMet: Number.isFinite(ofBoto3) ? ofBoto3 > 1 : undefined,
		},
	];
}

function speedAims(rows: Row[]): Aim[] {
	const others = rows.filter(
		({ peer, size, runs }) =>
			size.bytes === GB && runs.length > 0 && peer.sends !== 'none' && !peer.id.startsWith('ours-'),
	);
	const curl = find(rows, 'curl', GB)?.median;
	return Object.entries(SHARES).flatMap(([id, least]): Aim[] => {
		const ours = find(rows, id, GB);
		const share = ours && curl ? curl.transfer / ours.median.transfer : NaN;
		const name = nameOf(rows, id);
		const rivals = others.filter(({ peer }) => peer.id !== 'curl');
		const fastest = Math.min(...rivals.map(({ median }) => median.service));
		return [
			{
				what: `Transfer of 1 GB by curl's: ${name}`,
				aim: `≥ ${least}`,
				result: ratio(share),
				isMet: Number.isFinite(share) ? share >= least : undefined,
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
	const md5 = speedOf('md5');
	return {
		title: 'Throughput and memory',
		text: `${TEXT}\n\n${digestsAlone(md5)}`,
		tables: sizes.map((size) => table(rows, size)),
		aims: [...speedAims(rows), ...verifiedAims(rows, md5), ...memoryAims(rows)],
	};
}
