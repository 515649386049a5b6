import type { NodeExecutionHint } from 'n8n-workflow';

import type { ReadSet } from '../../upload/reads/groupReads';
import type { SampleFile } from './planSamples';

/** The editor shows a hint as HTML, and a file's name is not ours. */
const text = (name: string) => name.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What a person should know of how files became a sample. */
export function readsHints({ files, paired, isAlone, isSeries }: ReadSet<SampleFile>): string[] {
	const [first] = files;
	return [
		...(isAlone
			? [
					`"${text(first.name)}" was sent alone: no second file of a pair came with it. If there is one, delete the sample and give this node both files in one run.`,
				]
			: []),
		...(isSeries
			? [
					`"${text(first.name)}" and "${text(paired[0].name)}" were sent as a pair, but their numbers go on. If they are no pair, delete the sample and set Reads to Single.`,
				]
			: []),
	];
}

/** What may be left behind of attempts whose answer was lost. */
export function leftHint(names: ReadonlySet<string>): NodeExecutionHint[] {
	if (!names.size) return [];
	const list = [...names].map((name) => `"${text(name)}"`).join(', ');
	return [
		{
			message: `One Codex may have a sample without data of ${list}: an answer of it was lost. Look for samples of this name that wait for data, and delete them.`,
			location: 'outputPane',
			type: 'warning',
		},
	];
}
