/** What One Codex takes of sequencing data: FASTA and FASTQ, as they are or compressed. */
const ENDING = /\.(?:(fa|fna|fasta)|fq|fastq)(?:\.(?:gz|gzip|bz2))?$/i;

/** The lane that Illumina's names have, before another part of the name. */
const LANE = /_L(\d{3})(?=_|$)/i;

/** The marker of a read at the end of a name, but for a lane's chunk: `_R1`, `.r2`, `-R1_001`. */
const LETTERED = /^(?:(.*)([-._\s]))?(r(?:ead)?)([12])(_\d{3})?$/i;

/** The same by its number alone; not after a dash, for patient-1 and patient-2 are two patients. */
const BARE = /^(.+)([._])([12])$/;

/** What the name of a file with reads says. */
export interface ReadName {
	/** From its first period on: `.fastq.gz`. */
	ending: string;
	isFasta: boolean;
	/** Which of a pair; undefined where the name has no marker, and for FASTA. */
	read?: 1 | 2;
	/** The marker is a number alone, which the files of a series may have just as well. */
	isBare: boolean;
	/** From 1 on, where the name has one. */
	lane?: number;
	/** The name without its lane. */
	withoutLane: string;
	/** The same for both files of a pair and for all lanes of them, and for nothing else. */
	group: string;
}

/** What a file's name says of its reads; undefined for an ending that One Codex does not take. */
export function readName(name: string): ReadName | undefined {
	const found = ENDING.exec(name);
	if (!found) return undefined;
	const [ending, fasta] = found;
	const stem = name.slice(0, found.index);
	const lane = LANE.exec(stem)?.[1];
	const bare = stem.replace(LANE, '');
	const { read, isBare, sample } = fasta === undefined ? markerOf(bare) : withoutMarker(bare);
	return {
		ending,
		isFasta: fasta !== undefined,
		read,
		isBare,
		...(lane !== undefined && { lane: Number(lane) }),
		withoutLane: bare + ending,
		// An accent may be a sign of its own, or be one with its letter.
		group: (sample + ending).normalize('NFC'),
	};
}

type Marker = Pick<ReadName, 'read' | 'isBare'> & {
	/** The name with both numbers in place of the one. */
	sample: string;
};

function markerOf(stem: string): Marker {
	const lettered = LETTERED.exec(stem);
	const marked = lettered ?? BARE.exec(stem);
	if (!marked) return withoutMarker(stem);
	const number = lettered ? marked[4] : marked[3];
	const at = stem.length - (lettered?.[5] ?? '').length - 1;
	return {
		read: number === '1' ? 1 : 2,
		isBare: lettered === null,
		// A slash is in no file's name.
		sample: `${stem.slice(0, at)}1/2${stem.slice(at + 1)}`,
	};
}

const withoutMarker = (stem: string): Marker => ({ isBare: false, sample: stem });
