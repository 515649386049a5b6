import { documentAnswer } from '../api/answers/document';
import { confirmUploadAnswer } from '../api/answers/upload';
import { doneOnce } from '../api/doneOnce';
import { CONFIRM_UPLOAD_PATH, documentPath } from '../api/paths';
import { apiRequest, type ApiSettings } from '../api/request';
import type { ConfirmUploadAnswer, OperationContext } from '../types';

/** Makes a document of a file that S3 has. */
export async function confirmUpload(
	context: OperationContext,
	documentId: string,
	settings: ApiSettings,
): Promise<ConfirmUploadAnswer> {
	const send = async () =>
		await apiRequest(
			context,
			{ method: 'POST', path: CONFIRM_UPLOAD_PATH, body: { document_id: documentId } },
			{ ...settings, maxRetries: 0 },
			confirmUploadAnswer,
		);
	return await confirmOnce(context, documentId, settings, send, (answer) => answer);
}

/**
 * Confirms so that it is done exactly once for the user. In doubt the document's state decides:
 * only what is confirmed can be read.
 *
 * @param send one attempt
 * @param toResult what send would have given for this answer
 * @throws OneCodexError
 */
export async function confirmOnce<T>(
	context: OperationContext,
	documentId: string,
	settings: ApiSettings,
	send: () => Promise<T>,
	toResult: (answer: ConfirmUploadAnswer) => T,
): Promise<T> {
	const lookUp = async () => {
		if (!(await isConfirmed(context, documentId, settings))) return undefined;
		const document = { $ref: documentPath(documentId) };
		return toResult({ document, message: 'Upload confirmed.', success: true });
	};
	return await doneOnce(settings, send, lookUp);
}

async function isConfirmed(
	context: OperationContext,
	documentId: string,
	settings: ApiSettings,
): Promise<boolean> {
	const path = documentPath(documentId);
	// The next attempt to confirm asks again, so there is no need to insist.
	const once = { ...settings, maxRetries: Math.min(1, settings.maxRetries) };
	const { $uri } = await apiRequest(context, { method: 'GET', path }, once, documentAnswer);
	return $uri === path;
}
