import { OneCodexError } from '../errors';
import { ANSWER_TIMEOUT_MS } from '../transport/apiAnswer';
import { MAX_RETRIES } from '../transport/retry';

/** How an upload deals with a network or a service that fails. */
export interface UploadSettings {
	/** Attempts after the first, for each request. */
	maxRetries: number;
	/** Milliseconds without a byte moved after which an attempt is given up. */
	idleTimeout: number;
	/** Whether the MD5 of what was sent is compared with what the storage has. */
	verifyIntegrity: boolean;
}

export const IDLE_TIMEOUT_SECONDS = ANSWER_TIMEOUT_MS / 1_000;

/** Timers of Node.js end at once where they should last for more than 24 days. */
const SECONDS_OF_A_DAY = 86_400;

/**
 * The settings that the options of an upload give.
 *
 * @throws OneCodexError (input)
 */
export function uploadSettings(options: unknown): UploadSettings {
	const {
		maxRetries = MAX_RETRIES,
		idleTimeout = IDLE_TIMEOUT_SECONDS,
		verifyIntegrity = true,
	} = (options ?? {}) as Record<string, unknown>;
	if (!Number.isSafeInteger(maxRetries) || Number(maxRetries) < 0) {
		throw new OneCodexError('input', 'Max Retries must be a whole number, 0 or more', {
			description: 'It is how often a request is repeated that failed. The default is 5.',
		});
	}
	if (typeof idleTimeout !== 'number' || !(idleTimeout >= 1) || idleTimeout > SECONDS_OF_A_DAY) {
		throw new OneCodexError('input', 'Idle Timeout must be a number of seconds from 1 to 86400', {
			description: 'An attempt in which no byte moves for so long is repeated. The default is 60.',
		});
	}
	if (typeof verifyIntegrity !== 'boolean') {
		throw new OneCodexError('input', 'Verify Integrity must be true or false', {
			description: 'It is on by default.',
		});
	}
	return {
		maxRetries: Number(maxRetries),
		idleTimeout: idleTimeout * 1_000,
		verifyIntegrity,
	};
}
