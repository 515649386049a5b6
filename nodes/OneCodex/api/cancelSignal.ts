import type { ApiContext } from '../types';

/** Aborts when the execution is cancelled; never where there is no execution. */
export function cancelSignal(context: ApiContext): AbortSignal {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return signal ?? new AbortController().signal;
}
