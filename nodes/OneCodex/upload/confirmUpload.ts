import type { OneCodexError } from '../errors';
import { confirmUploadAnswer, documentAnswer } from '../transport/answers';
import { apiRequest, CONFIRM_UPLOAD_PATH, documentPath, type ApiSettings } from '../transport/api';
import { requestError } from '../transport/failures';
import { isTransient, retry, wasNotCarriedOut } from '../transport/retry';
import type { ConfirmUploadAnswer, OperationContext } from '../types';

/** Who may ask is no question of the document's state. */
const REFUSED = new Set([401, 402, 403]);

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
 * Confirms so that it is done exactly once for the user. Where the answer was lost, or One Codex
 * says that it was done already, the document's state decides: only what is confirmed can be read.
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
	const attempt = async () => {
		try {
			return await send();
		} catch (cause) {
			const error = requestError(cause);
			settings.signal.throwIfAborted();
			const isClear = wasNotCarriedOut(error) || REFUSED.has(error.facts.httpCode ?? 0);
			if (isClear || !(await isConfirmed(context, documentId, settings))) throw error;
			return toResult({
				document: { $ref: documentPath(documentId) },
				message: 'Upload confirmed.',
				success: true,
			});
		}
	};
	return await retry(attempt, settings, mayBeUnderWay);
}

/** A 409 for a document that cannot be read yet: the other confirmation may be under way. */
function mayBeUnderWay(error: OneCodexError): boolean {
	return isTransient(error) || error.facts.httpCode === 409;
}

async function isConfirmed(
	context: OperationContext,
	documentId: string,
	settings: ApiSettings,
): Promise<boolean> {
	const path = documentPath(documentId);
	// The next attempt to confirm asks again, so there is no need to insist.
	const once = { ...settings, maxRetries: Math.min(1, settings.maxRetries) };
	try {
		const { $uri } = await apiRequest(context, { method: 'GET', path }, once, documentAnswer);
		return $uri === path;
	} catch {
		settings.signal.throwIfAborted();
		// Not to be had, so not known: what the confirmation itself failed with is what counts.
		return false;
	}
}
