import { initUploadAnswer } from '../api/answers/upload';
import { INIT_UPLOAD_PATH } from '../api/paths';
import { apiRequest, type ApiSettings } from '../api/request';
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
