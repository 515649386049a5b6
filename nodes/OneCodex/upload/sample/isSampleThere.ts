import { sampleAnswer } from '../../api/answers/sample';
import { samplePath } from '../../api/paths';
import { apiRequest, type ApiSettings } from '../../api/request';
import { isNotFound } from '../../errors/notFound';
import { requestError } from '../../errors/requestError';
import type { ApiContext } from '../../types';

/** Whether a sample that was uploaded is still in One Codex. @throws OneCodexError where that is not known */
export async function isSampleThere(
	context: ApiContext,
	id: string,
	settings: ApiSettings,
): Promise<boolean> {
	const request = { method: 'GET', path: samplePath(id) } as const;
	try {
		const { status } = await apiRequest(context, request, settings, sampleAnswer);
		return status !== 'deleted' && status !== 'awaiting_data';
	} catch (cause) {
		const error = requestError(cause);
		if (isNotFound(error)) return false;
		throw error;
	}
}
