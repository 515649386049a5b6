import { documentAnswer } from '../api/answers/document';
import { documentPath } from '../api/paths';
import { apiRequest, type ApiSettings } from '../api/request';
import { isNotFound } from '../errors/notFound';
import { requestError } from '../errors/requestError';
import type { OperationContext } from '../types';

/** Whether a document is there for this account. @throws OneCodexError where that cannot be said */
export async function isThere(
	context: OperationContext,
	documentId: string,
	settings: ApiSettings,
): Promise<boolean> {
	const request = { method: 'GET', path: documentPath(documentId) } as const;
	try {
		await apiRequest(context, request, settings, documentAnswer);
		return true;
	} catch (cause) {
		const error = requestError(cause);
		if (isNotFound(error)) return false;
		throw error;
	}
}
