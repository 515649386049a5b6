import { objectOf, unexpected } from '../../api/answers/shape';
import { SAMPLES_PATH } from '../../api/paths';
import { apiRequest } from '../../api/request';
import type { ApiContext } from '../../types';

/** Nobody waits long for what is given up, be the execution stopped or not. */
const LIMITS = { maxRetries: 2, answerTimeout: 5_000 };

/**
 * Drops a sample that has no data, which people would see for ever. Also when the execution was
 * stopped, so it has no part in its signal.
 *
 * @returns whether it was dropped: the file of one that was not has arrived after all
 * @throws OneCodexError
 */
export async function cancelUpload(context: ApiContext, sample_id: string): Promise<boolean> {
	const request = {
		method: 'POST',
		path: `${SAMPLES_PATH}/cancel_upload`,
		body: { sample_id },
	} as const;
	const settings = { ...LIMITS, signal: new AbortController().signal };
	return await apiRequest(context, request, settings, (answer) => {
		const { success } = objectOf(answer);
		if (typeof success === 'boolean') return success;
		throw unexpected('cancel_upload', 'success');
	});
}
