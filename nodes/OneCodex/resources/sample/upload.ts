import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Reads } from '../../upload/reads/groupReads';
import { renamedHint, type Renamed } from '../../upload/renamedHint';
import { SampleInits } from '../../upload/sample/sampleInits';
import { inputBinaryField } from '../shared/binaryFields';
import { choice } from '../shared/choice';
import { runPlanned } from '../shared/fileTasks';
import { flag } from '../shared/flag';
import { ifExistsOption } from '../shared/ifExists';
import { maxConcurrency, maxConcurrencyOption } from '../shared/maxConcurrency';
import { multipartOptions, uploadOptions } from '../shared/uploadOptions';
import { existingSamples } from './existingSamples';
import { showFor } from './fields';
import { newSampleFields } from './newSampleFields';
import { planSamples } from './planSamples';
import { SamplesBefore } from './sampleBefore';
import { leftHint, readsHints, renamedOf, SIGNS_OF_SAMPLES, splitHints } from './uploadHints';
import { uploadTask } from './uploadTask';

export const uploadFields: INodeProperties[] = [
	{
		...inputBinaryField,
		displayOptions: showFor('upload'),
		hint: 'The name of the input field that holds the file; several with commas between; * for every file of the item',
	},
	{
		displayName: 'Reads',
		name: 'reads',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description:
					'Two FASTQ files are a pair where their names differ by R1 and R2, or 1 and 2; of all input items together',
			},
			{
				name: 'Interleaved',
				value: 'interleaved',
				description: 'Each file is a sample, with both reads of a pair one after the other in it',
			},
			{ name: 'Single', value: 'single', description: 'Each file is a sample of its own' },
		],
		default: 'auto',
		displayOptions: showFor('upload'),
		description: 'Which files make one sample',
	},
	...newSampleFields('upload'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('upload'),
		options: [
			{
				displayName: 'External Sample ID',
				name: 'externalSampleId',
				type: 'string',
				default: '',
				placeholder: 'e.g. LIMS-2026-00123',
				description:
					'The external ID of a sample that was created before its file, which the file is for',
			},
			ifExistsOption('sample'),
			maxConcurrencyOption,
			{
				displayName: 'Merge Lanes',
				name: 'mergeLanes',
				type: 'boolean',
				default: false,
				description:
					'Whether to send the lanes of one read (_L001_, _L002_ and so on in the names) as one file',
			},
			{
				displayName: 'Sample ID',
				name: 'sampleId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 5891ee65711c4d5e',
				description: 'The ID of a sample that was created before its file, which the file is for',
			},
			...uploadOptions,
			...multipartOptions.filter(({ name }) => name === 'partConcurrency'),
		],
	},
];

/**
 * Uploads the files of all items as samples. Programmatic, because files of several items make one
 * sample, and its requests depend on each other.
 */
export async function upload(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const inits = new SampleInits(this);
	const existing = existingSamples(this);
	const before = new SamplesBefore();
	const ofRun = (name: string, fallback: unknown) =>
		this.getNodeParameter(name, 0, fallback as IDataObject) as unknown;
	// Settings for the run, so taken from the first item.
	const settingsOfRun = () => ({
		reads: choice<Reads>(ofRun('reads', 'auto'), ['auto', 'single', 'interleaved'], 'Reads'),
		mergeLanes: flag(ofRun('options.mergeLanes', false), 'Merge Lanes'),
	});

	const hints = new Set<string>();
	const unmarked: string[] = [];
	const renamed: Renamed[] = [];
	const items = await runPlanned(
		this,
		async () => {
			const { reads, mergeLanes } = settingsOfRun();
			return await planSamples(this, reads, mergeLanes, (set) => {
				readsHints(set).forEach((hint) => hints.add(hint));
				renamed.push(...renamedOf(set));
				if (reads === 'auto' && !set.isAlone && !set.paired.length) unmarked.push(set.name);
				return uploadTask(this, set, reads, inits, existing, before);
			});
		},
		{
			maxConcurrency: maxConcurrency(this),
			prepare: async (tasks, signal) => await existing.lookUp(tasks, signal),
		},
	);
	this.addExecutionHints(
		...[...hints, ...splitHints(unmarked)].map(
			(message) => ({ message, location: 'outputPane' }) as const,
		),
		...leftHint(inits.mayBeLeft),
		...renamedHint(renamed, SIGNS_OF_SAMPLES),
	);
	return [items];
}
