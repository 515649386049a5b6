import { OneCodexError } from '../../errors/oneCodexError';

/** How something stands that is waited for. */
export interface Standing {
	/** Whether there is nothing more to wait for, be the end good or bad. */
	isOver: boolean;
	/** In words, for a time limit. */
	how: string;
	failure?: { message: string; description: string };
}

/**
 * @param what it is: 'sample'
 * @param timeout milliseconds that it had
 * @throws OneCodexError (service) for what failed, or is not ready at its time limit
 */
export function checkEnded(
	{ isOver, failure, how }: Standing,
	what: string,
	timeout: number,
): void {
	if (failure) throw new OneCodexError('service', failure.message, failure);
	if (isOver) return;
	throw new OneCodexError(
		'service',
		`The ${what} is not ready after ${timeout / 60_000} minutes: ${how}`,
		{ description: `Raise the option Timeout, or look at the ${what} in One Codex.` },
	);
}
