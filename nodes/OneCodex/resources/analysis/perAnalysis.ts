import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { analysisOrSampleId } from '../../api/ids';
import type { AnalysisAnswer, FileDetails } from '../../types';
import { runFileTasks } from '../shared/fileTasks';
import type { FileTask, TaskOutput } from '../shared/planFiles';
import { findAnalysis } from './findAnalysis';

/** A parameter of one item. */
export type Parameter = (name: string, fallback: unknown) => unknown;

/** What is done with the analysis that an item names. */
export type Use = (
	analysis: AnalysisAnswer,
	details: FileDetails,
	signal: AbortSignal,
) => Promise<TaskOutput | TaskOutput[]>;

/**
 * Does something with an analysis for every item. Programmatic, because it may be found by its
 * sample, and what is done depends on how it stands.
 *
 * @param plan reads an item's parameters, before any request leaves
 */
export async function perAnalysis(
	context: IExecuteFunctions,
	plan: (parameter: Parameter) => Use,
	maxConcurrency = ITEMS_AT_ONCE,
): Promise<INodeExecutionData[]> {
	const toTask = async (itemIndex: number): Promise<FileTask> => {
		const parameter: Parameter = (name, fallback) =>
			context.getNodeParameter(name, itemIndex, fallback) as unknown;
		const details: FileDetails = analysisOrSampleId(parameter('analysisId', ''));
		const use = plan(parameter);
		return await Promise.resolve({
			details,
			run: async (signal) =>
				await use(await findAnalysis(context, details, signal), details, signal),
		});
	};
	const planItem = (itemIndex: number) => [{ toTask: async () => await toTask(itemIndex) }];
	return await runFileTasks(context, planItem, { maxConcurrency });
}

/** The pace of the API bounds them, not this. */
const ITEMS_AT_ONCE = 10;
