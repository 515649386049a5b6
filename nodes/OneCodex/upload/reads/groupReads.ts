import type { OneCodexError } from '../../errors/oneCodexError';
import { byLane, checkGaps } from './lanes';
import { notInterleaved, notReads, otherLanes, withoutFirst } from './readErrors';
import { readName, type ReadName } from './readName';

/** How files become samples: pairs by their names, each file alone, or each with its pairs in it. */
export type Reads = 'auto' | 'single' | 'interleaved';

/** A file that is to become a sample, or a part of one. */
export interface ReadFile {
	/** As the user has it, without a path. */
	name: string;
	/** The folder that it came from, where that is known. */
	directory?: string;
}

/** Files that make one sample. */
export interface ReadSet<F> {
	/** R1, or the only file: its lanes, in the order in which they are to be sent. */
	files: F[];
	/** R2's; empty unless it is a pair. */
	paired: F[];
	/** The names for the sample, without the lane where lanes are merged. */
	name: string;
	pairedName?: string;
	/** It is R1 by its name, but there is no R2. */
	isAlone: boolean;
	/** It is a pair by bare numbers, and the series goes on: x_1, x_2, x_3. */
	isSeries: boolean;
}

/** Files that cannot be sent as they are, and why. */
export interface Refused<F> {
	files: F[];
	error: OneCodexError;
}

interface Named<F> extends ReadName {
	file: F;
}

/**
 * Tells which files are one sample, in the order of their first files.
 *
 * @param mergeLanes whether the lanes of one read go as one file
 */
export function groupReads<F extends ReadFile>(
	files: F[],
	reads: Reads,
	mergeLanes: boolean,
): Array<ReadSet<F> | Refused<F>> {
	const groups = new Map<unknown, Array<Named<F>>>();
	const refused: Array<Refused<F>> = [];
	const places = files.map((file) => [file, readName(file.name)] as const);
	const isAmbiguous = claimedTwice(places, mergeLanes);

	for (const [file, name] of places) {
		if (!name) {
			refused.push({ files: [file], error: notReads(file.name) });
			continue;
		}
		if (name.isFasta && reads === 'interleaved') {
			refused.push({ files: [file], error: notInterleaved(file.name) });
			continue;
		}
		const isMerged = mergeLanes && name.lane !== undefined;
		const isPaired = reads === 'auto' && name.read !== undefined;
		const key = [
			name.group,
			isMerged ? 'lanes' : name.lane,
			isPaired ? 'pair' : name.read,
			isAmbiguous(name) ? file.directory : undefined,
		];
		// What is neither one of a pair nor one of some lanes is a sample of its own.
		const group = isMerged || isPaired ? JSON.stringify(key) : file;
		groups.set(group, [...(groups.get(group) ?? []), { ...name, file }]);
	}
	const sets = [...groups.values()].map((group) => setOf(group, reads, mergeLanes, files));
	const position = (group: { files: F[]; paired?: F[] }) =>
		Math.min(...[...group.files, ...(group.paired ?? [])].map((file) => files.indexOf(file)));
	return [...sets, ...refused].sort((left, right) => position(left) - position(right));
}

function setOf<F extends ReadFile>(
	group: Array<Named<F>>,
	reads: Reads,
	mergeLanes: boolean,
	all: F[],
): ReadSet<F> | Refused<F> {
	const isPaired = reads === 'auto' && group[0].read !== undefined;
	const [first, second] = isPaired
		? [group.filter(({ read }) => read === 1), group.filter(({ read }) => read === 2)]
		: [group, []];
	try {
		if (!first.length) throw withoutFirst(second[0].file.name);
		const [files, paired] = [byLane(first), byLane(second)];
		if (paired.length && files.some(({ lane }, index) => lane !== paired[index]?.lane)) {
			throw otherLanes(files, paired);
		}
		// Of a lane that goes alone its number says nothing.
		if (mergeLanes && files[0].lane !== undefined) checkGaps(files);
		const name = (one: Named<F>) => (mergeLanes ? one.withoutLane : one.file.name);
		return {
			files: files.map(({ file }) => file),
			paired: paired.map(({ file }) => file),
			name: name(files[0]),
			...(paired.length && { pairedName: name(paired[0]) }),
			isAlone: isPaired && !paired.length,
			isSeries: paired.length > 0 && isOneOfMany(files[0], all),
		};
	} catch (error) {
		return { files: group.map(({ file }) => file), error: error as OneCodexError };
	}
}

/** Whether files of other folders have the same place, so that the folder counts, too. */
function claimedTwice<F extends ReadFile>(
	places: ReadonlyArray<readonly [F, ReadName | undefined]>,
	mergeLanes: boolean,
): (name: ReadName) => boolean {
	const place = ({ group, read, lane }: ReadName) => JSON.stringify([group, read, lane]);
	const seen = new Map<string, number>();
	for (const [, name] of places) {
		if (name) seen.set(place(name), (seen.get(place(name)) ?? 0) + 1);
	}
	const twice = new Set(
		places.flatMap(([, name]) =>
			name && seen.get(place(name))! > 1 ? [groupOf(name, mergeLanes)] : [],
		),
	);
	return (name) => twice.has(groupOf(name, mergeLanes));
}

const groupOf = ({ group, lane }: ReadName, mergeLanes: boolean) =>
	mergeLanes ? group : `${group} ${lane}`;

/** Whether there are further numbers of the same name. */
function isOneOfMany<F extends ReadFile>({ isBare, group }: Named<F>, all: F[]): boolean {
	if (!isBare) return false;
	const [before, after] = group.split('1/2');
	return all.some(
		({ name }) =>
			name.startsWith(before) &&
			name.endsWith(after) &&
			/^(0|[3-9]|\d{2,})$/.test(name.slice(before.length, name.length - after.length)),
	);
}
