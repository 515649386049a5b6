import { readName } from './readName';

/** The marker of a read where other tools add words of their own behind it: `_R1_trimmed`. */
const ELSEWHERE = /(?<=(?:^|[-._\s])r(?:ead)?)[12](?=[-._\s])/i;

/**
 * FASTQ files whose names differ by R1 and R2, though not at their ends, so that they are no pair by
 * their names: R2 may stand for a replicate just as well.
 *
 * @param names of files without a marker at their ends
 */
export function marksElsewhere(names: string[]): Array<[first: string, second: string]> {
	const known = new Set(names);
	return names.flatMap((name): Array<[string, string]> => {
		if (readName(name)?.isFasta !== false || ELSEWHERE.exec(name)?.[0] !== '1') return [];
		const second = name.replace(ELSEWHERE, '2');
		return known.has(second) ? [[name, second]] : [];
	});
}
