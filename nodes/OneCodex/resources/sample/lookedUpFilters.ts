import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isText, pathOf } from '../../api/answers/shape';
import { MOST_PER_PAGE, pageOf } from '../../api/pages';
import { METADATA_PATH } from '../../api/paths';
import { defaultSettings } from '../../api/request';
import { tagsNamed } from '../../api/tags';
import { OneCodexError } from '../../errors/oneCodexError';
import { isGiven } from '../shared/where';
import { LONGEST_EXTERNAL_ID } from './metadataText';
import { textIn } from './sampleFilters';
import { metadataAnswer } from './sampleMetadata';
import { LONGEST_TAG } from './tags';

const TOO_MANY = `More than ${MOST_PER_PAGE} samples have this External Sample ID`;

const USE_ANOTHER = 'Use another filter, such as File Name Contains or Tag.';

/**
 * One Codex's `where` for what it filters by IDs only: a tag, which people know by its name, and
 * the external ID, which is in the metadata. undefined where no sample can have these.
 *
 * @throws OneCodexError
 */
export async function lookedUp(
	context: IExecuteFunctions,
	{ tag, externalSampleId }: IDataObject,
): Promise<IDataObject | undefined> {
	const where: IDataObject = {};
	if (isGiven(tag)) {
		const tags = await tagsNamed(
			context,
			[textIn(tag, 'Tag', LONGEST_TAG)],
			defaultSettings(context),
		);
		if (!tags.length) return undefined;
		where.tags = { $containsany: tags.map(({ $uri }) => ({ $ref: $uri })) };
	}
	if (isGiven(externalSampleId)) {
		const qs = {
			where: JSON.stringify({
				external_sample_id: {
					$eq: textIn(externalSampleId, 'External Sample ID', LONGEST_EXTERNAL_ID),
				},
			}),
		};
		const { entries, next } = await pageOf(context, { path: METADATA_PATH, qs }, metadataAnswer);
		// An address has no room for more of them.
		if (next) throw new OneCodexError('input', TOO_MANY, { description: USE_ANOTHER });
		const samples = entries.map(({ sample }) => pathOf(sample)).filter(isText);
		if (!samples.length) return undefined;
		where.$uri = { $in: samples };
	}
	return where;
}
