import { OneCodexError } from '../../errors/oneCodexError';

/** A file of one lane, where its name has one. */
export interface OfLane {
	lane?: number;
	file: { name: string };
}

export function notReads(name: string): OneCodexError {
	return new OneCodexError('input', `"${name}" is no file of sequencing reads by its name`, {
		description:
			'One Codex takes .fa, .fna, .fasta, .fq and .fastq, as they are or with .gz, .gzip or .bz2 behind. Upload other files as documents.',
	});
}

export function notInterleaved(name: string): OneCodexError {
	return new OneCodexError('input', `"${name}" is FASTA, which has no pairs to be interleaved`, {
		description: 'Set Reads to Single for it.',
	});
}

export function withoutFirst(name: string): OneCodexError {
	return new OneCodexError('input', `"${name}" is one half of a pair, and the other is missing`, {
		description:
			'Half a pair gives wrong answers. Give this node both files in one run, or set Reads to Single to send this one alone.',
	});
}

export function otherLanes(first: OfLane[], second: OfLane[]): OneCodexError {
	const lanesOf = (files: OfLane[]) => files.map(({ lane }) => lane).join(', ');
	return new OneCodexError(
		'input',
		`"${first[0].file.name}" and "${second[0].file.name}" have other lanes (${lanesOf(first)} and ${lanesOf(second)}), so they are no pair`,
		{ description: 'Give this node all lanes of both reads in one run.' },
	);
}

export function missingLane(lane: number, name: string): OneCodexError {
	const label = `L${String(lane).padStart(3, '0')}`;
	return new OneCodexError('input', `Lane ${label} is missing before "${name}"`, {
		description:
			'Merged lanes go from L001 on without a gap. Give this node all of them in one run, or turn Merge Lanes off.',
	});
}

export function claimed(one: string, other: string): OneCodexError {
	return new OneCodexError('input', `"${one}" and "${other}" claim the same place in a sample`, {
		description: 'Give this node only one of them, or set Reads to Single to send each alone.',
	});
}
