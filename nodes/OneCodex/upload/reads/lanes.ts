import { claimed, missingLane, type OfLane } from './readErrors';

/** The files of one read by their lanes. @throws OneCodexError (input) where two claim one place */
export function byLane<F extends OfLane>(files: F[]): F[] {
	const sorted = [...files].sort((left, right) => (left.lane ?? 0) - (right.lane ?? 0));
	for (const [index, { lane, file }] of sorted.entries()) {
		const before = sorted[index - 1];
		if (before && before.lane === lane) throw claimed(before.file.name, file.name);
	}
	return sorted;
}

/** @throws OneCodexError (input) unless lanes that go as one file are all there, from the first on */
export function checkGaps(sorted: OfLane[]): void {
	for (const [index, { lane, file }] of sorted.entries()) {
		if (lane !== index + 1) throw missingLane(index + 1, file.name);
	}
}
