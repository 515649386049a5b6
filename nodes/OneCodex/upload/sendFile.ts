import type { IExecuteFunctions } from 'n8n-workflow';

import type { BinaryFile } from '../binary/binaryFile';
import { requestError } from '../errors/requestError';
import type { Progress } from '../http/idle';
import type { Redirect } from '../http/redirects';
import { isTransient } from '../http/retry';
import { uploadForm, type FormFields } from '../storage/form';
import { insist } from '../storage/insist';
import { checkEtag } from '../storage/integrity';
import { postForm, type PostAnswer } from '../storage/postForm';
import { isPolicyExpired } from '../storage/storageError';
import type { StoredObject } from '../types';
import type { UploadSettings } from './settings';
import { StreamedFile } from './streamedFile';

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

	const place = async () => {
		if (isExpired && renewTarget) {
			target = await renewTarget();
			isExpired = false;
		}
		return target.uploadUrl;
	};
	const { stored } = await insist(
		{ ...settings, signal },
		place,
		// S3 answers 307 while a bucket is young: the whole form goes anew to the place that it names.
		async (uploadUrl, attemptSignal, progress) =>
			await post(context, uploadUrl, { ...upload, target }, attemptSignal, progress),
		(error) => {
			isExpired ||= isPolicyExpired(error.message);
			return isTransient(error) || (isExpired && renewTarget !== undefined);
		},
	);
	return stored;
}

async function post(
	context: IExecuteFunctions,
	uploadUrl: string,
	{ filename, file, target, settings: { verifyIntegrity } }: Upload,
	signal: AbortSignal,
	progress: Progress,
): Promise<PostAnswer | Redirect> {
	const streamed = new StreamedFile(filename, file, { hash: verifyIntegrity, progress });
	try {
		const form = uploadForm(target.fields, streamed);
		const answer = await postForm(context.helpers, uploadUrl, form, signal);
		if (verifyIntegrity && 'stored' in answer) verify(answer, streamed, target.fields);
		return answer;
	} catch (error) {
		throw streamed.failure ?? requestError(error);
	} finally {
		streamed.close();
	}
}

function verify(
	{ stored, encryption }: PostAnswer,
	{ md5 = '' }: StreamedFile,
	fields: FormFields,
): void {
	const asked = fields.filter(([name]) => name.startsWith('x-amz-server-side-encryption'));
	checkEtag(stored.etag, md5, [encryption, ...asked.flat()].join(' '));
}
