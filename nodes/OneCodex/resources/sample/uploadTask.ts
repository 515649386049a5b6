import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { toSampleFileName } from '../../api/fileName';
import { samplePath } from '../../api/paths';
import type { BinaryFile } from '../../binary/binaryFile';
import { joined } from '../../binary/joinedFile';
import type { FileDetails } from '../../types';
import { keyOf } from '../../upload/ownDocuments';
import type { Reads, ReadSet } from '../../upload/reads/groupReads';
import { isSampleThere } from '../../upload/sample/isSampleThere';
import type { SampleInits, SampleToCome } from '../../upload/sample/sampleInits';
import { uploadSample, type SampleFiles } from '../../upload/sample/uploadSample';
import { apiSettings, uploadSettings } from '../../upload/settings';
import { fileSubject } from '../shared/fileSubject';
import { skipsExisting, type Existing } from '../shared/ifExists';
import type { FileTask } from '../shared/planFiles';
import { parametersOf, type SampleFile } from './planSamples';
import type { SamplesBefore } from './sampleBefore';
import { newSample } from './sampleRouting';

/**
 * What is to be done with the files of one sample.
 *
 * @throws OneCodexError (input) for parameters that One Codex would not take
 */
export function uploadTask(
	context: IExecuteFunctions,
	set: ReadSet<SampleFile>,
	reads: Reads,
	inits: SampleInits,
	existing: Existing,
	before: SamplesBefore,
): FileTask {
	const parameter = parametersOf(context, set);
	const options = parameter('options', {}) as IDataObject;
	const settings = uploadSettings(options);
	const skips = skipsExisting(options);
	const filename = toSampleFileName(set.name);
	const paired_end_filename =
		set.pairedName === undefined ? null : toSampleFileName(set.pairedName);
	const sample: SampleToCome = {
		filename,
		...(paired_end_filename !== null && { paired_end_filename }),
		...(reads === 'interleaved' && { interleaved: true }),
		...newSample({
			projectId: parameter('projectId', ''),
			tags: parameter('tags', ''),
			metadata: parameter('metadata', {}),
			timezone: context.getTimezone(),
		}),
		...before.of(options, set.name),
	};
	const files = filesOf(set);
	const size = files.first.size + (files.second?.size ?? 0);
	const all = [...set.files, ...set.paired];
	const { binaryPropertyName } = all[0].input;
	const details: FileDetails = { filename, binaryPropertyName };
	const output = {
		filename,
		paired_end_filename,
		original_filenames: all.map(({ name }) => name),
		size,
	};

	const upload = async (signal: AbortSignal): Promise<IDataObject> => {
		await uploadSample(context, inits, sample, files, details, settings, signal);
		const { sample_id } = details;
		return {
			sample_id,
			sample: { $ref: samplePath(String(sample_id)) },
			...output,
			success: true,
			message: 'Upload confirmed.',
		};
	};
	const task: FileTask = {
		details,
		file: { store: all[0].file?.store, size },
		subject: () =>
			JSON.stringify(all.map(({ input }) => fileSubject(input, 'sample', filename, size))),
		isStillThere: async ({ sample_id }, signal) =>
			await isSampleThere(context, String(sample_id), apiSettings(settings, signal)),
		run: async (signal) => {
			if (!skips) return { json: await upload(signal) };
			const json = await existing.orElse(
				keyOf({ filename, size }),
				async () => await upload(signal),
				({ sample_id, sample: there }) => ({
					...{ sample_id, sample: there, ...output },
					...{ success: true, message: THERE_ALREADY, skipped: true },
				}),
			);
			return { json };
		},
	};
	if (skips) existing.want(task, { filename, size }, settings);
	return task;
}

const THERE_ALREADY = 'One Codex has a sample of this name and size already.';

/** Each read as one file, its lanes one after the other. */
function filesOf({ files, paired }: ReadSet<SampleFile>): SampleFiles {
	const bytesOf = (lanes: SampleFile[]) =>
		joined(lanes.flatMap(({ file }): BinaryFile[] => (file ? [file] : [])));
	return { first: bytesOf(files), ...(paired.length && { second: bytesOf(paired) }) };
}
