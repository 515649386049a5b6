import type { IExecuteFunctions } from 'n8n-workflow';

import { s3EndpointOf } from '../../api/credential';
import type { FileBytes } from '../../binary/binaryFile';
import { requestError } from '../../errors/requestError';
import type { StorageContext } from '../../storage/request';
import type { FileDetails, SampleUploadAnswer } from '../../types';
import { putLent } from '../putLent';
import { apiSettings, type UploadSettings } from '../settings';
import { cancelUpload } from './cancelUpload';
import { hasData, importSample } from './importSample';
import type { SampleInits, SampleToCome } from './sampleInits';

/** The files of a sample, each ready to be read as often as need be. */
export interface SampleFiles {
	first: FileBytes;
	/** R2 of a pair. */
	second?: FileBytes;
}

/**
 * Makes one sample of its files, as One Codex's own client does: keys from One Codex, R2 and R1 to
 * S3, and one callback for both. What fails for good, or is stopped, leaves no sample behind.
 *
 * @param details gets the sample's ID as soon as there is one
 * @throws OneCodexError
 */
export async function uploadSample(
	context: IExecuteFunctions,
	inits: SampleInits,
	sample: SampleToCome,
	files: SampleFiles,
	details: FileDetails,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<void> {
	const api = apiSettings(settings, signal);
	const endpoint = await s3EndpointOf(context);
	const lent = { ...(await inits.begin(sample, api)), endpoint };
	details.sample_id = lent.sample_id;
	try {
		await sendFiles(context.helpers, lent, files, settings, signal);
		await importSample(context, lent, sample.filename, api);
	} catch (error) {
		// A sample that was there before its file is the user's own.
		const isOurs = sample.sample_id === undefined && sample.external_sample_id === undefined;
		const isDropped = isOurs && (await cancelUpload(context, lent.sample_id).catch(() => false));
		signal.throwIfAborted();
		// Not dropped because it is there already, or because nobody answered: its state tells.
		const isThere = !isDropped && (await hasData(context, lent.sample_id, api).catch(() => false));
		if (!isThere) throw requestError(error);
	}
}

async function sendFiles(
	context: StorageContext,
	lent: SampleUploadAnswer & { endpoint: string },
	{ first, second }: SampleFiles,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<void> {
	// The callback is for the first, so the second has to be there before it.
	if (second) {
		await putLent(context, lent, String(lent.paired_end_file_id), second, settings, signal);
	}
	await putLent(context, lent, lent.file_id, first, settings, signal);
}
