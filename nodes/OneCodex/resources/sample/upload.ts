import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Reads } from '../../upload/reads/groupReads';
import { SampleInits } from '../../upload/sample/sampleInits';
import { inputBinaryField } from '../shared/binaryFields';
import { runPlanned } from '../shared/fileTasks';
import { ifExistsOption } from '../shared/ifExists';
import { maxConcurrency, maxConcurrencyOption } from '../shared/maxConcurrency';
import { multipartOptions, uploadOptions } from '../shared/uploadOptions';
import { ExistingSamples } from './existingSamples';
import { showFor } from './fields';
import { newSampleFields } from './newSampleFields';
import { planSamples } from './planSamples';
import { readsOf } from './readsOf';
import { leftHint, readsHints } from './uploadHints';
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
	const existing = new ExistingSamples(this);
	const ofRun = (name: string, fallback: unknown) =>
		this.getNodeParameter(name, 0, fallback as IDataObject) as unknown;
	const reads: Reads = readsOf(this, ofRun('reads', 'auto'));
	const mergeLanes = ofRun('options.mergeLanes', false) === true;

	const hints = new Set<string>();
	const items = await runPlanned(
		this,
		async () =>
			await planSamples(this, reads, mergeLanes, (set) => {
				readsHints(set).forEach((hint) => hints.add(hint));
				return uploadTask(this, set, reads, inits, existing);
			}),
		{
			maxConcurrency: maxConcurrency(this),
			prepare: async (tasks, signal) => await existing.lookUp(tasks, signal),
		},
	);
	this.addExecutionHints(
		...[...hints].map((message) => ({ message, location: 'outputPane' }) as const),
		...leftHint(inits.mayBeLeft),
	);
	return [items];
}
