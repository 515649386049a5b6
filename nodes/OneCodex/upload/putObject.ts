import { readAsDeclared, type FileBytes } from '../binary/binaryFile';
import { requestError } from '../errors/requestError';
import { eachUnlessIdle } from '../http/idle';
import type { StorageContext } from '../storage/request';
import { etagOf, s3Request } from '../storage/s3Request';
import type { S3Target } from '../storage/s3Target';
import { ENCRYPTED } from './encrypted';
import { partSize, partsOf } from './multipart/parts';
import { putInParts } from './multipart/putInParts';
import { sentBytes } from './sentBytes';
import type { UploadSettings } from './settings';

/**
 * Puts a file under the target's key: by one PutObject where it fits one part, which is one request
 * instead of three, else by a multipart upload. Either can be repeated without harm.
 *
 * @returns the object's ETag, without quotes
 * @throws OneCodexError
 */
export async function putObject(
	context: StorageContext,
	target: S3Target,
	file: FileBytes,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<string> {
	const put = file.size <= partSize(file.size) ? putWhole : putInParts;
	return await put(context, target, file, settings, signal);
}

async function putWhole(
	context: StorageContext,
	target: S3Target,
	file: FileBytes,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<string> {
	const bytes = await wholeOf(file, settings.idleTimeout, signal);
	const request = {
		method: 'PUT',
		headers: { 'content-type': 'application/octet-stream', ...ENCRYPTED },
		body: await sentBytes(bytes, settings.verifyIntegrity),
	} as const;
	return await s3Request(context, target, request, { ...settings, signal }, etagOf);
}

/** @throws OneCodexError (input) where it is not as it declared */
async function wholeOf(file: FileBytes, idleTimeout: number, signal: AbortSignal): Promise<Buffer> {
	const chunks = eachUnlessIdle(readAsDeclared(file, true), idleTimeout, signal);
	const borrow = async () => await Promise.resolve(Buffer.allocUnsafeSlow(file.size));
	try {
		let whole: Buffer = Buffer.alloc(0);
		for await (const { bytes } of partsOf(chunks, borrow)) whole = bytes;
		return whole;
	} catch (error) {
		signal.throwIfAborted();
		throw requestError(error);
	}
}
