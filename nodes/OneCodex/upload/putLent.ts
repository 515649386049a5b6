import type { FileBytes } from '../binary/binaryFile';
import type { StorageContext } from '../storage/request';
import { s3Target } from '../storage/s3Target';
import type { LentUpload } from '../types';
import { putObject } from './putObject';
import type { UploadSettings } from './settings';

/**
 * Puts a file into One Codex's storage, with the keys that it lent.
 *
 * @param lent `endpoint`: the S3 service, '' for Amazon's
 * @param key of the object, which One Codex gave
 * @returns the object's ETag, without quotes
 * @throws OneCodexError
 */
export async function putLent(
	context: StorageContext,
	{ s3_bucket, keys, endpoint }: LentUpload & { endpoint: string },
	key: string,
	file: FileBytes,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<string> {
	const object = { bucket: s3_bucket, key, keys, endpoint };
	const target = await s3Target(context, object, { ...settings, signal });
	return await putObject(context, target, file, settings, signal);
}
