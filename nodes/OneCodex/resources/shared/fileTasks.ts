import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { cancelSignal } from '../../api/cancelSignal';
import { memoryHint, type KeptFile } from '../../binary/store';
import { detailsOf, failedItem, toNodeError } from '../../errors/nodeErrors';
import type { FileDetails } from '../../types';

/** What is to be done with one file, be it on its way in or out. */
export interface FileTask {
	/** Filled in as the task goes on, for the error where it fails. */
	details: FileDetails;
	/** As n8n keeps it, as soon as that is known. */
	file?: KeptFile;
	/** Gives the file's output item. */
	run(signal: AbortSignal): Promise<Pick<INodeExecutionData, 'json' | 'binary'>>;
}

interface ItemTask {
	itemIndex: number;
	task: FileTask;
}

/**
 * Does the tasks of all items, so many at a time, and returns an item for each file, in the order
 * of the input. Every item is planned before the first task runs, so that bad input is found
 * before any request leaves. A file that fails stops the rest, or, when the node continues on
 * error, becomes an item that says so and costs no other file anything. A hint tells of files that n8n
 * had in memory as a whole.
 *
 * @param plan one planner for each file of an item; it, or a planner, throws for bad input
 */
export async function runFileTasks(
	context: IExecuteFunctions,
	plan: (itemIndex: number, item: INodeExecutionData) => Array<() => Promise<FileTask>>,
	maxConcurrency: number,
): Promise<INodeExecutionData[]> {
	const tasks: ItemTask[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		const refuse = (error: unknown) => {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			const task = { details: {}, run: async () => await Promise.reject(error) };
			tasks.push({ itemIndex, task });
		};
		try {
			for (const planFile of plan(itemIndex, item)) {
				await planFile().then((task) => tasks.push({ itemIndex, task }), refuse);
			}
		} catch (error) {
			refuse(error);
		}
	}

	const stop = new AbortController();
	const signal = AbortSignal.any([cancelSignal(context), stop.signal]);
	let failure: NodeApiError | NodeOperationError | undefined;

	const results = await mapConcurrently(tasks, maxConcurrency, async ({ itemIndex, task }) => {
		if (signal.aborted) return undefined;
		try {
			return { ...(await task.run(signal)), pairedItem: { item: itemIndex } };
		} catch (cause) {
			const details = detailsOf(cause, task.details);
			const error = toNodeError(context.getNode(), cause, itemIndex, details);
			if (context.continueOnFail()) return failedItem(error, itemIndex, details);
			failure ??= error;
			stop.abort();
			return undefined;
		}
	});

	const items = results.filter((item) => item !== undefined);
	if (failure) throw withDone(failure, items);
	context.addExecutionHints(...memoryHint(tasks.flatMap(({ task }) => task.file ?? [])));
	return items;
}

/** A run that stops leaves no output, so the error itself says what it did before. */
function withDone<E extends NodeApiError | NodeOperationError>(
	error: E,
	items: INodeExecutionData[],
): E {
	if (items.length) {
		const done = items.map(({ json }) => `${String(json.filename)} (${String(json.document_id)})`);
		error.description = [error.description, `Done before it: ${done.join(', ')}.`]
			.filter(Boolean)
			.join(' ');
	}
	return error;
}

// p-limit would do it, but n8n 1 does not bring it where this package could find it.
async function mapConcurrently<T, R>(
	inputs: T[],
	limit: number,
	work: (input: T) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(inputs.length);
	// One iterator for all workers: each takes the next that nobody has taken.
	const queue = inputs.entries();
	const worker = async () => {
		for (const [index, input] of queue) results[index] = await work(input);
	};
	await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, worker));
	return results;
}
