import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { cancelSignal } from '../../api/cancelSignal';
import type { SelectedBinary } from '../../binary/selectBinaries';
import type { KeptFile } from '../../binary/store';
import { detailsOf, toNodeError } from '../../errors/nodeErrors';
import type { FileDetails } from '../../types';
import { mapConcurrently } from './mapConcurrently';

/** What is to be done with one file, be it on its way in or out. */
export interface FileTask {
	/** Filled in as the task goes on, for the error where it fails. */
	details: FileDetails;
	/** As n8n keeps it, as soon as that is known. */
	file?: KeptFile;
	/**
	 * What tells the file, and what is done with it, from others: what is done is given out again
	 * where n8n runs the node again. A task without it is done again.
	 */
	subject?(): string;
	/** Whether what an earlier execution gave out for it is still so. */
	isStillThere?(json: IDataObject, signal: AbortSignal): Promise<boolean>;
	/** Gives the file's output item, or several of what has so many. */
	run(signal: AbortSignal): Promise<TaskOutput | TaskOutput[]>;
}

export type TaskOutput = Pick<INodeExecutionData, 'json' | 'binary'>;

/** What is known only once One Codex was asked: it is asked before any task runs. */
export interface TasksToCome {
	details: FileDetails;
	/** @throws OneCodexError */
	tasks(signal: AbortSignal): Promise<FileTask[]>;
}

/** One file of an item, before anything is known of it. */
export interface FilePlan {
	/** What the item has of it, to be kept where it fails. */
	inputs?: SelectedBinary[];
	/** @throws OneCodexError (input) */
	toTask(): Promise<FileTask | TasksToCome>;
}

/** The plans for the files of an item. @throws OneCodexError (input) */
export type PlanItem = (itemIndex: number, item: INodeExecutionData) => FilePlan[];

/** An item of the input, and what is taken of it. */
export interface Source {
	itemIndex: number;
	/** To be kept where it fails. */
	inputs?: SelectedBinary[];
}

export interface PlannedFile {
	/** The item that gave it, or the items, such as for both files of a pair. */
	sources: Source[];
	/** The same where n8n runs the node again. */
	position: string;
	task: FileTask;
	/** What is given out for it, where it was done already. */
	done?: IDataObject;
}

/** As long as it may be that One Codex has to be asked. */
type Planned = Omit<PlannedFile, 'task'> & { task: FileTask | TasksToCome };

/**
 * Plans the files of all items. One that cannot be planned becomes a task that fails, where the node
 * continues on error.
 *
 * @throws NodeApiError, NodeOperationError for the first one, where it does not
 */
export async function planFiles(
	context: IExecuteFunctions,
	plan: PlanItem,
): Promise<PlannedFile[]> {
	const planned: Planned[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		const refuse = (error: unknown, position: string, inputs?: SelectedBinary[]) => {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			planned.push({ position, sources: [{ itemIndex, inputs }], task: failing(error) });
		};
		try {
			for (const [index, { inputs, toTask }] of plan(itemIndex, item).entries()) {
				const position = `${itemIndex}.${index}`;
				await toTask().then(
					(task) => planned.push({ position, sources: [{ itemIndex, inputs }], task }),
					(error: unknown) => refuse(error, position, inputs),
				);
			}
		} catch (error) {
			refuse(error, `${itemIndex}`);
		}
	}
	const known = async (file: Planned) => await knownTasks(context, file);
	return (await mapConcurrently(planned, ASKED_AT_ONCE, known)).flat();
}

/** The pace of the API bounds them, not this. */
const ASKED_AT_ONCE = 5;

async function knownTasks(context: IExecuteFunctions, file: Planned): Promise<PlannedFile[]> {
	const { task, position, sources } = file;
	if (!('tasks' in task)) return [{ ...file, task }];
	try {
		const tasks = await task.tasks(cancelSignal(context));
		return tasks.map((each, index) => ({ ...file, position: `${position}.${index}`, task: each }));
	} catch (error) {
		const { details } = task;
		if (context.continueOnFail()) return [{ ...file, task: failing(error, details) }];
		const known = detailsOf(error, details);
		throw toNodeError(context.getNode(), error, sources[0].itemIndex, known);
	}
}

/** A task of which it is known that it fails, and with what. */
export function failing(error: unknown, details: FileDetails = {}): FileTask {
	return { details, run: async () => await Promise.reject(error) };
}
