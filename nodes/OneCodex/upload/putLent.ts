import type { IExecuteFunctions } from 'n8n-workflow';

import { s3EndpointOf } from '../api/credential';
import type { FileBytes } from '../binary/binaryFile';
import { secureUrl } from '../http/secureUrl';
import { S3_ENDPOINT, s3Target } from '../storage/s3Target';
import type { LentUpload } from '../types';
import { putObject } from './putObject';
import type { UploadSettings } from './settings';

/**
 * Puts a file into One Codex's storage, with the keys that it lent.
 *
 * @param key of the object, which One Codex gave
 * @returns the object's ETag, without quotes
 * @throws OneCodexError
 */
export async function putLent(
	context: IExecuteFunctions,
	{ s3_bucket, keys }: LentUpload,
	key: string,
	file: FileBytes,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<string> {
	const named = await s3EndpointOf(context);
	const endpoint = named && secureUrl(named, S3_ENDPOINT).href;
	const object = { bucket: s3_bucket, key, keys, endpoint };
	const target = await s3Target(context.helpers, object, { ...settings, signal });
	return await putObject(context.helpers, target, file, settings, signal);
}
