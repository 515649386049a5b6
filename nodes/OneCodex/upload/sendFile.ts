import type { IExecuteFunctions } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import { isPolicyExpired, requestError } from '../transport/failures';
import { unlessIdle } from '../transport/idle';
import { isTransient, retry } from '../transport/retry';
import { postForm, type PostAnswer } from '../transport/storage';
import type { StoredObject } from '../types';
import type { BinaryFile } from './binaryFile';
import type { UploadSettings } from './settings';
import { StreamedFile } from './streamedFile';
import { uploadForm, type FormFields } from './uploadForm';

/** RFC 9110 sets no number; S3 needs one or two while a bucket is young. */
const MOST_REDIRECTS = 5;

/** Where S3 takes a file, and the fields with which it does. */
export interface UploadTarget {
	uploadUrl: string;
	fields: FormFields;
}

export interface Upload {
	/** The name given to init_upload, for the key in S3 holds it. */
	filename: string;
	file: BinaryFile;
	target: UploadTarget;
	/** Gives a target that is valid again, where whoever uploads can have one. */
	renewTarget?: () => Promise<UploadTarget>;
	settings: UploadSettings;
}

/**
 * Sends a file to S3. An attempt that fails is repeated from the first byte, with the file opened
 * anew; S3 keeps a form's file only once it has all of it.
 *
 * @throws OneCodexError
 */
export async function sendFile(
	context: IExecuteFunctions,
	upload: Upload,
	signal: AbortSignal,
): Promise<StoredObject> {
	const { settings, renewTarget } = upload;
	let { target } = upload;
	let isExpired = false;

	const attempt = async () => {
		if (isExpired && renewTarget) {
			target = await renewTarget();
			isExpired = false;
		}
		return await followRedirects(context, { ...upload, target }, signal);
	};
	return await retry(attempt, { maxRetries: settings.maxRetries, signal }, (error) => {
		isExpired ||= isPolicyExpired(error.message);
		return isTransient(error) || (isExpired && renewTarget !== undefined);
	});
}

/** S3 answers 307 while a bucket is young: the whole form goes anew to the place that it names. */
async function followRedirects(
	context: IExecuteFunctions,
	upload: Upload,
	signal: AbortSignal,
): Promise<StoredObject> {
	let { uploadUrl } = upload.target;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const answer = await post(context, uploadUrl, upload, signal);
		if (answer.location === undefined) return answer.stored;
		uploadUrl = answer.location;
	}
	throw new OneCodexError('service', 'The storage redirects without end', {
		httpCode: 307,
		description: 'Run it again a little later.',
	});
}

async function post(
	context: IExecuteFunctions,
	uploadUrl: string,
	{ filename, file, target, settings }: Upload,
	signal: AbortSignal,
): Promise<PostAnswer> {
	return await unlessIdle(settings.idleTimeout, signal, async (attemptSignal, progress) => {
		const streamed = new StreamedFile(filename, file, {
			hash: settings.verifyIntegrity,
			progress,
		});
		try {
			const form = uploadForm(target.fields, streamed);
			const answer = await postForm(context.helpers, uploadUrl, form, attemptSignal);
			if (settings.verifyIntegrity && answer.location === undefined) {
				verify(answer, streamed, target.fields);
			}
			return answer;
		} catch (error) {
			throw streamed.failure ?? requestError(error);
		} finally {
			streamed.close();
		}
	});
}

/** With KMS or a key of the customer the ETag is no MD5 (S3, "Object" in its API reference). */
const OTHER_ENCRYPTION = /kms|customer/i;

/** @throws OneCodexError when the storage has other bytes than were sent */
function verify(
	{ stored, encryption }: Extract<PostAnswer, { stored: StoredObject }>,
	{ md5 }: StreamedFile,
	fields: FormFields,
): void {
	const asked = fields.filter(([name]) => name.startsWith('x-amz-server-side-encryption'));
	const isMd5 =
		/^[0-9a-f]{32}$/i.test(stored.etag) &&
		!OTHER_ENCRYPTION.test([encryption, ...asked.flat()].join(' '));
	if (!isMd5 || stored.etag.toLowerCase() === md5) return;
	throw new OneCodexError('service', 'The storage has other bytes than were sent', {
		isTransient: true,
		description:
			'The file was damaged on its way and is not confirmed. Check the network, then run it again.',
	});
}
