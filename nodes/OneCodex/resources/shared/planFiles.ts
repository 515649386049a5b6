import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { SelectedBinary } from '../../binary/selectBinaries';
import type { KeptFile } from '../../binary/store';
import { toNodeError } from '../../errors/nodeErrors';
import type { FileDetails } from '../../types';

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
	/** Gives the file's output item. */
	run(signal: AbortSignal): Promise<Pick<INodeExecutionData, 'json' | 'binary'>>;
}

/** One file of an item, before anything is known of it. */
export interface FilePlan {
	/** What the item has of it, to be kept where it fails. */
	inputs?: SelectedBinary[];
	/** @throws OneCodexError (input) */
	toTask(): Promise<FileTask>;
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
	const planned: PlannedFile[] = [];
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
	return planned;
}

/** A task of which it is known that it fails, and with what. */
export function failing(error: unknown, details: FileDetails = {}): FileTask {
	return { details, run: async () => await Promise.reject(error) };
}
