import type { IDataObject } from 'n8n-workflow';

import { isText, pathOf } from '../../api/answers/shape';
import { MOST_PER_PAGE, pageOf } from '../../api/pages';
import { METADATA_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { defaultSettings, type ApiSettings } from '../../api/request';
import { tagsNamed } from '../../api/tags';
import { OneCodexError } from '../../errors/oneCodexError';
import type { ApiContext } from '../../types';
import { isGiven, textIn } from '../shared/where';
import { LONGEST_EXTERNAL_ID, textUpTo } from './metadataText';
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
	context: ApiContext,
	{ tag, externalSampleId }: IDataObject,
	settings: ApiSettings = defaultSettings(context),
): Promise<IDataObject | undefined> {
	const where: IDataObject = {};
	if (isGiven(tag)) {
		const name = textUpTo(LONGEST_TAG)(textIn(tag, 'Tag'), 'Tag');
		const tags = await tagsNamed(context, [name], settings);
		if (!tags.length) return undefined;
		where.tags = { $containsany: tags.map(({ $uri }) => ({ $ref: $uri })) };
	}
	if (isGiven(externalSampleId)) {
		const label = 'External Sample ID';
		const id = textUpTo(LONGEST_EXTERNAL_ID)(textIn(externalSampleId, label), label);
		const qs = listQuery({ where: { external_sample_id: { $eq: id } } });
		const list = { path: METADATA_PATH, qs };
		const { entries, next } = await pageOf(context, list, metadataAnswer, settings);
		// An address has no room for more of them.
		if (next) throw new OneCodexError('input', TOO_MANY, { description: USE_ANOTHER });
		const samples = entries.map(({ sample }) => pathOf(sample)).filter(isText);
		if (!samples.length) return undefined;
		where.$uri = { $in: samples };
	}
	return where;
}
