import { objectOf, unexpected } from '../../api/answers/shape';
import { SAMPLES_PATH } from '../../api/paths';
import { apiRequest, type ApiSettings } from '../../api/request';
import { isNotFound } from '../../errors/notFound';
import { requestError } from '../../errors/requestError';
import type { ApiContext } from '../../types';

/**
 * Of requests that clean up, also when the execution was stopped, so these have no part in its
 * signal. Nobody waits long for what is given up.
 */
export const cleaningUp = (): ApiSettings => ({
	maxRetries: 3,
	answerTimeout: 5_000,
	signal: new AbortController().signal,
});

/**
 * Drops a sample that has no data, which people would see for ever.
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
	try {
		return await apiRequest(context, request, cleaningUp(), (answer) => {
			const { success } = objectOf(answer);
			if (typeof success === 'boolean') return success;
			throw unexpected('cancel_upload', 'success');
		});
	} catch (cause) {
		const error = requestError(cause);
		// Dropped by an attempt before, whose answer was lost.
		if (isNotFound(error)) return true;
		throw error;
	}
}
