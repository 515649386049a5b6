import { sampleAnswer } from '../../api/answers/sample';
import { allEntries } from '../../api/pages';
import { SAMPLES_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import type { ApiSettings } from '../../api/request';
import type { OperationContext, SampleAnswer } from '../../types';
import { batches, keyOf, type NamedSize } from '../ownDocuments';

/** Without data, or with such as One Codex could not use: as good as not there. */
const NOT_THERE = new Set(['awaiting_data', 'failed_validation', 'deleted']);

/**
 * The account's own samples that have the name and the size of these files, by that; of several the
 * newest. One that is still being read has no size yet, so its name alone counts.
 *
 * @throws OneCodexError
 */
export async function ownSamples(
	context: OperationContext,
	files: NamedSize[],
	settings: ApiSettings,
): Promise<Map<string, SampleAnswer>> {
	const found = new Map<string, SampleAnswer>();
	for (const batch of batches(files)) {
		const names = [...new Set(batch.map(({ filename }) => filename))];
		const qs = listQuery({ where: { filename: { $in: names } }, sort: { created_at: true } });
		const page = { path: SAMPLES_PATH, qs, isByCursor: true };
		for await (const sample of allEntries(context, page, sampleAnswer, settings)) {
			if (NOT_THERE.has(String(sample.status))) continue;
			const { filename, size = null } = sample;
			const same = batch.filter(
				(file) => file.filename === filename && (size === null || file.size === size),
			);
			for (const file of same) {
				if (!found.has(keyOf(file))) found.set(keyOf(file), sample);
			}
		}
	}
	return found;
}
