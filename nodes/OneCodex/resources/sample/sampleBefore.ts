import type { IDataObject } from 'n8n-workflow';

import { sampleId } from '../../api/ids';
import { OneCodexError } from '../../errors/oneCodexError';
import { insistOnValue, isGiven } from '../shared/where';
import { LONGEST_EXTERNAL_ID, textUpTo } from './metadataText';

const NO_SAMPLE = 'remove the option. An empty text is a new sample.';
const NAMES = { sampleId: 'Sample ID', externalSampleId: 'External Sample ID' };

/**
 * The samples that were created before their files and that a run fills. Each is for one file, or
 * the two of a pair: of a second one One Codex would say that the sample is there already.
 */
export class SamplesBefore {
	/** The file that fills each. */
	private readonly files = new Map<string, string>();

	/**
	 * The sample that the options name, as One Codex takes it; {} for a new one.
	 *
	 * @param file the name of the file that is for it
	 * @throws OneCodexError (input)
	 */
	of(options: IDataObject, file: string): IDataObject {
		const { sampleId: id, externalSampleId } = options;
		for (const [key, name] of Object.entries(NAMES)) {
			// Somebody expected that sample, and not a new one.
			if (key in options) insistOnValue(options[key], name, NO_SAMPLE);
		}
		if (isGiven(id) && isGiven(externalSampleId)) {
			throw new OneCodexError('input', 'Sample ID and External Sample ID exclude each other', {
				description: 'Remove one of the two options.',
			});
		}
		if (isGiven(id)) return this.claimed({ sample_id: sampleId(id) }, file);
		if (!isGiven(externalSampleId)) return {};
		const external = textUpTo(LONGEST_EXTERNAL_ID)(externalSampleId, 'External Sample ID');
		return this.claimed({ external_sample_id: external }, file);
	}

	private claimed(sample: IDataObject, file: string): IDataObject {
		const key = JSON.stringify(sample);
		const other = this.files.get(key);
		this.files.set(key, other ?? file);
		if (other === undefined) return sample;
		throw new OneCodexError('input', `"${file}" is for the same sample as "${other}"`, {
			description:
				'A sample has one file, or the two of a pair. Give each its own by expression, or remove the option Sample ID or External Sample ID.',
		});
	}
}
