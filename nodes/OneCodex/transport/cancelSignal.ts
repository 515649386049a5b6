import type { OperationContext } from '../types';

/** Aborts when the execution is cancelled. */
export function cancelSignal(context: OperationContext): AbortSignal {
	return context.getExecutionCancelSignal() ?? new AbortController().signal;
}
