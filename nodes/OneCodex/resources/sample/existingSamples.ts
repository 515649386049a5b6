import type { IExecuteFunctions } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import { ownSamples } from '../../upload/sample/ownSamples';
import { Existing } from '../shared/ifExists';

/** The samples that the account has already, of the files that are not to be uploaded then. */
export function existingSamples(context: IExecuteFunctions): Existing {
	return new Existing(async (files, settings) => {
		const samples = await ownSamples(context, files, settings);
		return new Map(
			[...samples].map(([key, sample]) => [
				key,
				{ sample_id: idOfReference(sample), sample: { $ref: sample.$uri } },
			]),
		);
	});
}
