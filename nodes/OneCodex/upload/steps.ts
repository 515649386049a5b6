import type { IExecuteFunctions } from 'n8n-workflow';

import { confirmUploadAnswer, initUploadAnswer } from '../transport/answers';
import { apiPost, CONFIRM_UPLOAD_PATH, INIT_UPLOAD_PATH } from '../transport/api';
import { postForm } from '../transport/storage';
import type { ConfirmUploadAnswer, InitUploadAnswer, StoredObject } from '../types';
import type { BinaryFile } from './binaryFile';
import { StreamedFile, uploadForm, type FormFields } from './uploadForm';

/** Tells One Codex of a file to come; answers where and with which form fields to send it. */
export async function initUpload(
	context: IExecuteFunctions,
	filename: string,
	size: number,
	signal: AbortSignal,
): Promise<InitUploadAnswer> {
	return initUploadAnswer(await apiPost(context, INIT_UPLOAD_PATH, { filename, size }, signal));
}

/** Sends a file to S3. `filename` must be the one given to init_upload, for the key holds it. */
export async function sendFile(
	context: IExecuteFunctions,
	upload: { uploadUrl: string; fields: FormFields; filename: string; file: BinaryFile },
	signal: AbortSignal,
): Promise<StoredObject> {
	const file = new StreamedFile(upload.filename, upload.file);
	const form = uploadForm(upload.fields, file);
	try {
		return await postForm(context.helpers, upload.uploadUrl, form, signal);
	} catch (error) {
		throw file.failure ?? error;
	} finally {
		await file.close();
	}
}

/** Makes a document of a file that S3 has. */
export async function confirmUpload(
	context: IExecuteFunctions,
	documentId: string,
	signal: AbortSignal,
): Promise<ConfirmUploadAnswer> {
	return confirmUploadAnswer(
		await apiPost(context, CONFIRM_UPLOAD_PATH, { document_id: documentId }, signal),
	);
}
