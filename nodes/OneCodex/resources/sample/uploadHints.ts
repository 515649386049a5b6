import type { NodeExecutionHint } from 'n8n-workflow';

import { toSampleFileName } from '../../api/fileName';
import type { ReadSet } from '../../upload/reads/groupReads';
import { marksElsewhere } from '../../upload/reads/marksElsewhere';
import { htmlText, type Renamed } from '../../upload/renamedHint';
import type { SampleFile } from './planSamples';

/** What a person should know of how files became a sample. */
export function readsHints({ files, paired, isAlone, isSeries }: ReadSet<SampleFile>): string[] {
	const [first] = files;
	return [
		...(isAlone
			? [
					`"${htmlText(first.name)}" was sent alone: no second file of a pair came with it. If there is one, delete the sample and give this node both files in one run.`,
				]
			: []),
		...(isSeries
			? [
					`"${htmlText(first.name)}" and "${htmlText(paired[0].name)}" were sent as a pair, but their numbers go on. If they are no pair, delete the sample and set Reads to Single.`,
				]
			: []),
	];
}

/** Files that may be a pair, and are none by their names. */
export const splitHints = (names: string[]): string[] =>
	marksElsewhere(names).map(
		([first, second]) =>
			`"${htmlText(first)}" and "${htmlText(second)}" were sent as two samples. If they are a pair, delete the samples, and name the files so that R1 and R2 stand right before the ending.`,
	);

/** What may be left behind of attempts whose answer was lost. */
export function leftHint(names: ReadonlySet<string>): NodeExecutionHint[] {
	if (!names.size) return [];
	const list = [...names].map((name) => `"${htmlText(name)}"`).join(', ');
	return [
		{
			message: `One Codex may have a sample without data of ${list}: an answer of it was lost. Look for samples of this name that wait for data, and delete them.`,
			location: 'outputPane',
			type: 'warning',
		},
	];
}

/** What One Codex takes in the names of a sample's files, as a hint says it. */
export const SIGNS_OF_SAMPLES = 'letters, digits, dash, underscore, period, brackets and spaces';

/** The names under which the files of a sample go, where they are not their own. */
export function renamedOf({ name, pairedName }: ReadSet<SampleFile>): Renamed[] {
	return [name, ...(pairedName === undefined ? [] : [pairedName])]
		.map((from) => ({ from, to: toSampleFileName(from) }))
		.filter(({ from, to }) => from !== to);
}
