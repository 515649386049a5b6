import { idOfReference, objectOf, unexpected } from '../../api/answers/shape';
import { sampleAnswer } from '../../api/answers/sample';
import { doneOnce } from '../../api/doneOnce';
import { samplePath } from '../../api/paths';
import { apiRequest, type ApiSettings } from '../../api/request';
import type { ApiContext, SampleAnswer, SampleUploadAnswer } from '../../types';

/**
 * Tells One Codex that the files of a sample are in its storage, exactly once for the user. Where
 * the answer was lost, the sample's state decides: it waits for data no longer once they arrived.
 *
 * @param filename of the first file, which stands for both of a pair
 * @throws OneCodexError
 */
export async function importSample(
	context: ApiContext,
	{ callback_url, s3_bucket, file_id, sample_id }: SampleUploadAnswer,
	filename: string,
	settings: ApiSettings,
): Promise<void> {
	const body = { s3_path: `s3://${s3_bucket}/${file_id}`, filename };
	const send = async () =>
		await apiRequest(
			context,
			{ method: 'POST', path: callback_url, body },
			{ ...settings, maxRetries: 0 },
			(answer) => {
				if (objectOf(answer).sample_id !== sample_id) {
					throw unexpected('the import of the file', 'the sample_id of this sample');
				}
			},
		);
	const lookUp = async () => ((await hasData(context, sample_id, settings)) ? true : undefined);
	await doneOnce<unknown>(settings, async () => (await send(), true), lookUp);
}

/** Whether the files of a sample arrived. @throws OneCodexError */
export async function hasData(
	context: ApiContext,
	id: string,
	settings: ApiSettings,
): Promise<boolean> {
	const once = { ...settings, maxRetries: Math.min(1, settings.maxRetries) };
	const request = { method: 'GET', path: samplePath(id) } as const;
	const sample = await apiRequest(context, request, once, sampleAnswer);
	return idOfReference(sample) === id && !isAwaitingData(sample);
}

/** An answer of an older One Codex has no status, and says it in the visibility. */
function isAwaitingData({ status, visibility }: SampleAnswer): boolean {
	return status === undefined ? visibility === 'awaiting data' : status === 'awaiting_data';
}
