import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toNodeError } from '../OneCodex/errors/nodeErrors';
import { OneCodexError } from '../OneCodex/errors/oneCodexError';
import { flag } from '../OneCodex/resources/shared/flag';
import { isAtStart } from './atStart';
import type { Entry } from './entry';
import { newEntries } from './newEntries';
import { newestEntry } from './newestEntry';
import { watchOf } from './watch';

/** Where n8n does not say how long a poll may last. Its scheduler says: 36 seconds unless set otherwise. */
const LONGEST_POLL_MS = 5 * 60 * 1000;

/**
 * Looks once. In the editor it gives the newest entry, and leaves the cursor alone.
 *
 * @returns null where there is nothing new
 * @throws NodeApiError or NodeOperationError; the cursor stays, and the next poll catches up. While
 *   n8n starts nothing is thrown, for then there would be no next poll: that one tells
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	// A poll that n8n no longer waits for must not go on.
	const signal = AbortSignal.timeout(context.getPollBudgetMs?.() ?? LONGEST_POLL_MS);
	const mayFail = !isAtStart(context);
	try {
		const isSimple = flag(context.getNodeParameter('simplify', true), 'Simplify');
		const watch = await watchOf(context, signal);
		const isTest = context.getMode() === 'manual';
		const { toJson, toSimpleJson } = watch.event.kind;
		const show = (entry: Entry) => ({ json: (isSimple ? toSimpleJson : toJson)(entry) });
		const items = isTest ? [show(await newestEntry(watch))] : await newEntries(watch, show);
		return items.length ? [items] : null;
	} catch (cause) {
		const error = toNodeError(context.getNode(), signal.aborted ? tooLate() : cause);
		if (mayFail) throw error;
		context.logger.warn(
			`${context.getWorkflow().name}: ${error.message}. The next poll catches up.`,
		);
		return null;
	}
}

function tooLate(): OneCodexError {
	return new OneCodexError('network', 'The poll did not end in the time that n8n gives it', {
		description:
			'The next poll catches up. One Codex may be slow, or may have asked to wait longer than that.',
	});
}
