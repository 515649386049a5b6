import { initUploadAnswer } from '../transport/answers';
import { apiRequest, INIT_UPLOAD_PATH, type ApiSettings } from '../transport/api';
import type { InitUploadAnswer, OperationContext } from '../types';

/** Tells One Codex of a file to come; answers where and with which form fields to send it. */
export async function initUpload(
	context: OperationContext,
	filename: string,
	size: number,
	settings: ApiSettings,
): Promise<InitUploadAnswer> {
	const body = { filename, size };
	return await apiRequest(
		context,
		{ method: 'POST', path: INIT_UPLOAD_PATH, body },
		settings,
		initUploadAnswer,
	);
}
