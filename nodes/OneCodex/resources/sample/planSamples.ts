import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { plainName } from '../../api/plainName';
import { openBinary, type BinaryFile } from '../../binary/binaryFile';
import { selectBinaries, type SelectedBinary } from '../../binary/selectBinaries';
import { textOf } from '../../errors/given';
import { toNodeError } from '../../errors/nodeErrors';
import type { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import { isObject } from '../../types';
import { checkFirstBytes } from '../../upload/reads/firstBytes';
import { groupReads, type ReadFile, type Reads, type ReadSet } from '../../upload/reads/groupReads';
import { readName } from '../../upload/reads/readName';
import { failing, type FileTask, type PlannedFile, type Source } from '../shared/planFiles';

/** A file of an item that is to become a sample, or a part of one. */
export interface SampleFile extends ReadFile {
	itemIndex: number;
	input: SelectedBinary;
	/** Where it can be read, and begins as reads do. */
	file?: BinaryFile;
	/** Why it cannot be sent. */
	refusal?: OneCodexError;
}

/**
 * Plans the samples of all items together: an SFTP list gives the two files of a pair as two items.
 * Every file is looked at before the first request. What cannot be sent becomes a task that fails,
 * where the node continues on error.
 *
 * @param toTask makes the task of a sample whose files are all good; throws for bad input
 * @throws NodeApiError, NodeOperationError for the first refusal, where it does not continue
 */
export async function planSamples(
	context: IExecuteFunctions,
	reads: Reads,
	mergeLanes: boolean,
	toTask: (set: ReadSet<SampleFile>) => FileTask,
): Promise<PlannedFile[]> {
	const planned: PlannedFile[] = [];
	const refuse = (sources: Source[], error: unknown, details: FileTask['details'] = {}) => {
		if (!context.continueOnFail()) {
			throw toNodeError(context.getNode(), error, sources[0].itemIndex, details);
		}
		const position = `${sources[0].itemIndex}.refused`;
		planned.push({ position, sources, task: failing(error, details) });
	};

	const files: SampleFile[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			files.push(...(await filesOf(context, itemIndex)));
		} catch (error) {
			refuse([{ itemIndex }], error);
		}
	}
	for (const group of groupReads(files, reads, mergeLanes)) {
		const all = 'error' in group ? group.files : [...group.files, ...group.paired];
		const [{ name, input }] = all;
		const details = { filename: name, binaryPropertyName: input.binaryPropertyName };
		try {
			const refused = all.find(({ refusal }) => refusal)?.refusal;
			if (refused) throw refused;
			if ('error' in group) throw group.error;
			const position = `${all[0].itemIndex}.${files.indexOf(all[0])}`;
			planned.push({ position, sources: sourcesOf(all), task: toTask(group) });
		} catch (error) {
			refuse(sourcesOf(all), error, details);
		}
	}
	return planned;
}

async function filesOf(context: IExecuteFunctions, itemIndex: number): Promise<SampleFile[]> {
	const item = context.getInputData()[itemIndex];
	const named = context.getNodeParameter('binaryPropertyName', itemIndex, 'data') as unknown;
	const files: SampleFile[] = [];
	for (const input of selectBinaries(item, named)) {
		const { fileName, directory } = isObject(input.data) ? input.data : {};
		const name = plainName(textOf(fileName) ?? '');
		const known = { name, directory: textOf(directory), itemIndex, input };
		try {
			const file = await openBinary(context.helpers, item, input);
			// Of a file of another kind its name says it, and better.
			if (readName(name)) await checkFirstBytes(file, name);
			files.push({ ...known, file });
		} catch (error) {
			files.push({ ...known, refusal: requestError(error) });
		}
	}
	return files;
}

/** The items that the files came from, each with what it gave. */
function sourcesOf(files: SampleFile[]): Source[] {
	const items = [...new Set(files.map(({ itemIndex }) => itemIndex))];
	return items.map((itemIndex) => ({
		itemIndex,
		inputs: files.filter((file) => file.itemIndex === itemIndex).map(({ input }) => input),
	}));
}

/** What the items say of a sample is what the item of its first file says. */
export const parametersOf =
	(context: IExecuteFunctions, { files: [{ itemIndex }] }: ReadSet<SampleFile>) =>
	(name: string, fallback: unknown): unknown =>
		context.getNodeParameter(name, itemIndex, fallback as IDataObject) as unknown;
