import { claimed, missingLane } from './readErrors';

export interface OfLane {
	lane?: number;
	file: { name: string };
}

/**
 * The files of one read by their lanes, from the first on.
 *
 * @throws OneCodexError (input) where two claim one place, or a lane is missing in between
 */
export function inOrder<F extends OfLane>(files: F[]): F[] {
	const sorted = [...files].sort((left, right) => (left.lane ?? 0) - (right.lane ?? 0));
	for (const [index, { lane, file }] of sorted.entries()) {
		const before = sorted[index - 1];
		if (before && before.lane === lane) throw claimed(before.file.name, file.name);
	}
	// One lane alone, unless it is merged, is as good as none: its number says nothing.
	if (sorted.length < 2) return sorted;
	for (const [index, { lane, file }] of sorted.entries()) {
		if (lane !== index + 1) throw missingLane(index + 1, file.name);
	}
	return sorted;
}
