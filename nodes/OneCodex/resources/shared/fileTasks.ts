import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { cancelSignal } from '../../api/cancelSignal';
import { keptBinary } from '../../binary/keptBinary';
import { memoryHint } from '../../binary/store';
import { detailsOf, failedItem, toNodeError } from '../../errors/nodeErrors';
import type { FileDetails } from '../../types';
import { mapConcurrently } from './mapConcurrently';
import {
	failing,
	planFiles,
	type FileTask,
	type PlanItem,
	type PlannedFile,
	type Source,
} from './planFiles';
import { RunMemory } from './runMemory';

interface RunOptions {
	maxConcurrency: number;
	/** Called once, before the first task runs, with those that are to run. */
	prepare?(tasks: FileTask[], signal: AbortSignal): Promise<void>;
}

/**
 * Does the tasks of all items, so many at a time, and returns an item for each file, in the order
 * of the input. Every item is planned before the first task runs, so that bad input is found
 * before any request leaves. A file that fails stops the rest, or, when the node continues on
 * error, becomes an item that says so and costs no other file anything. Where n8n runs the node
 * again because of it, what was done is given out again. A hint tells of files that n8n had in
 * memory as a whole.
 */
export async function runFileTasks(
	context: IExecuteFunctions,
	plan: PlanItem,
	options: RunOptions,
): Promise<INodeExecutionData[]> {
	return await runPlanned(context, async () => await planFiles(context, plan), options);
}

/** The same for files that are planned together. */
export async function runPlanned(
	context: IExecuteFunctions,
	plan: () => Promise<PlannedFile[]>,
	{ maxConcurrency, prepare }: RunOptions,
): Promise<INodeExecutionData[]> {
	const memory = new RunMemory(context);
	const files = await plan().catch((error: unknown) => {
		throw withDone(toNodeError(context.getNode(), error, 0), memory.outputs);
	});

	const stop = new AbortController();
	const signal = AbortSignal.any([cancelSignal(context), stop.signal]);
	const isAgain = memory.size > 0;
	await mapConcurrently(isAgain ? files : [], maxConcurrency, async (file) => {
		await recall(file, memory, signal);
	});
	const toDo = files.filter(({ done }) => !done).map(({ task }) => task);
	await prepare?.(toDo, signal);

	let failure: NodeApiError | NodeOperationError | undefined;
	let failed: FileDetails = {};
	let isWhole = true;
	const results = await mapConcurrently(files, maxConcurrency, async (file) => {
		const { sources, task, done } = file;
		const pairedItem = pairedItemOf(sources);
		if (done) return [{ json: done, pairedItem }];
		if (signal.aborted) {
			isWhole = false;
			return [];
		}
		try {
			const output = await task.run(signal);
			// The only file of a run is done, or it is not.
			if (files.length > 1 && !Array.isArray(output)) remember(file, output.json, memory);
			return [output].flat().map((each) => ({ ...each, pairedItem }));
		} catch (cause) {
			isWhole = false;
			const details = detailsOf(cause, task.details);
			const error = toNodeError(context.getNode(), cause, sources[0].itemIndex, details);
			if (context.continueOnFail()) {
				// Each item keeps what it gave, so that all of them can be tried again.
				return sources.map(({ itemIndex, inputs = [] }) =>
					failedItem(
						error,
						itemIndex,
						details,
						keptBinary(context.getInputData()[itemIndex], inputs),
					),
				);
			}
			if (!failure) failed = details;
			failure ??= error;
			stop.abort();
			return [];
		}
	});

	if (failure) {
		// Of what was read, such as a table, there is nothing to be told.
		const done = results.filter(({ length }) => length === 1).flat();
		// What was begun for others has its price, too.
		const begun = memory.outputs.filter(
			({ analysis_id: id }) => id === undefined || id !== failed.analysis_id,
		);
		throw withDone(failure, [...done.map(({ json }) => json), ...begun]);
	}
	if (isWhole) memory.forget();
	context.addExecutionHints(...memoryHint(files.flatMap(({ task }) => task.file ?? [])));
	return results.flat();
}

function pairedItemOf(sources: Source[]): INodeExecutionData['pairedItem'] {
	const items = [...new Set(sources.map(({ itemIndex }) => itemIndex))];
	return items.length > 1 ? items.map((item) => ({ item })) : { item: items[0] };
}

/** Finds out whether a file was done in an earlier attempt of this run. */
async function recall(file: PlannedFile, memory: RunMemory, signal: AbortSignal): Promise<void> {
	const { position, task } = file;
	const known = task.subject && memory.recall(position, () => task.subject!());
	if (!known) return;
	try {
		const isSo = known.isOfThisExecution || (await task.isStillThere?.(known.json, signal));
		if (isSo === false) return;
		file.done = known.json;
		remember(file, known.json, memory);
	} catch (error) {
		file.task = failing(error, task.details);
	}
}

function remember({ position, task }: PlannedFile, json: IDataObject, memory: RunMemory): void {
	if (task.subject) memory.remember(position, () => task.subject!(), json);
}

/** A run that stops leaves no output, so the error itself says what was done before, in any attempt. */
function withDone<E extends NodeApiError | NodeOperationError>(error: E, done: IDataObject[]): E {
	const names = [...new Set(done.flatMap(nameOf))];
	if (names.length) {
		error.description = [error.description, `Done before it: ${names.join(', ')}.`]
			.filter(Boolean)
			.join(' ');
	}
	return error;
}

function nameOf({ filename, document_id, sample_id, analysis_id }: IDataObject): string[] {
	const id = document_id ?? sample_id ?? analysis_id;
	if (id === undefined) return [];
	return [filename === undefined ? `analysis ${id}` : `${filename} (${id})`];
}
