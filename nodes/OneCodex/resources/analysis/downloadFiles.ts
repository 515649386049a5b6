import type {
	IBinaryData,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { stateOf } from '../../api/answers/analysis';
import type { OutputFile } from '../../api/answers/outputFiles';
import { idOfReference } from '../../api/answers/shape';
import { analysisOrSampleId } from '../../api/ids';
import { checkRoom, limitedStore } from '../../binary/store';
import { keepObject } from '../../download/keepObject';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import type { FileDetails } from '../../types';
import { outputBinaryField, outputFieldName } from '../shared/binaryFields';
import { runFileTasks } from '../shared/fileTasks';
import { MAX_CONCURRENCY } from '../shared/maxConcurrency';
import type { FileTask, TasksToCome } from '../shared/planFiles';
import { textList } from '../shared/textList';
import { checkSucceeded } from './analysisState';
import { chooseFiles, fileNamesOf } from './chooseFiles';
import { analysisPicker, showFor } from './fields';
import { findAnalysis } from './findAnalysis';
import { OutputFiles } from './outputFiles';

export const downloadFilesFields: INodeProperties[] = [
	analysisPicker('downloadFiles'),
	{
		displayName: 'File Names',
		name: 'fileNames',
		type: 'string',
		default: '*',
		required: true,
		placeholder: 'e.g. *.pdf, results.json',
		displayOptions: showFor('downloadFiles'),
		description:
			'Which files to download: names, with commas between. In a name, * stands for any signs and ? for one; a name with a slash in it is a path. By expression, a list works too.',
	},
	{ ...outputBinaryField, displayOptions: showFor('downloadFiles') },
];

/**
 * Fetches the files that an analysis wrote, an item for each. Programmatic, because which there are is
 * known only once One Codex was asked, and routing would hold them in memory.
 */
export async function downloadFiles(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const toTasks = async (itemIndex: number): Promise<TasksToCome> => {
		const parameter = (name: string, fallback: unknown) =>
			this.getNodeParameter(name, itemIndex, fallback) as unknown;
		const details: FileDetails = analysisOrSampleId(parameter('analysisId', ''));
		const patterns = patternsOf(parameter('fileNames', '*'));
		const field = outputFieldName(parameter('binaryPropertyName', 'data'));
		return await Promise.resolve({
			details,
			tasks: async (signal) => {
				const analysis = await findAnalysis(this, details, signal);
				if (stateOf(analysis) === 'running') checkSucceeded(analysis);
				const files = new OutputFiles(this, analysis, signal);
				const chosen = chooseFiles(await files.all(), patterns);
				const names = fileNamesOf(chosen);
				const analysis_id = idOfReference(analysis) ?? undefined;
				return chosen.map((file): FileTask => {
					const { filename, filepath, size } = file;
					const task: FileTask = {
						details: { analysis_id, filename: names.get(file) },
						run: async (stop) => {
							const data = await fetchFile(this, files, file, String(names.get(file)), stop);
							task.file = { store: limitedStore(data), size };
							return {
								json: { analysis_id, filename, filepath, size },
								binary: { [field]: data },
							};
						},
					};
					return task;
				});
			},
		});
	};
	const plan = (itemIndex: number) => [{ toTask: async () => await toTasks(itemIndex) }];
	return [await runFileTasks(this, plan, { maxConcurrency: MAX_CONCURRENCY })];
}

/** @throws OneCodexError (input) */
function patternsOf(value: unknown): string[] {
	const patterns = textList(value, 'File Names', '*.pdf, results.json');
	if (patterns.length) return patterns;
	throw new OneCodexError('input', 'File Names is empty', {
		description: 'Name the files, or enter * for all of them.',
	});
}

/** A link may expire while others are downloaded; so often it is fetched anew. */
const MOST_RENEWALS = 3;

async function fetchFile(
	context: IExecuteFunctions,
	files: OutputFiles,
	file: OutputFile,
	fileName: string,
	signal: AbortSignal,
): Promise<IBinaryData> {
	const { size } = file;
	const isWritten = await checkRoom(context.helpers, size);
	let link = { url: file.url, age: 0 };
	for (let renewals = 0; ; renewals++) {
		try {
			const object = { link: link.url, size, isWritten, fileName: fileName.split('/').at(-1) };
			return { ...(await keepObject(context, object, signal)), fileName };
		} catch (cause) {
			const error = requestError(cause);
			if (!isExpired(error) || renewals === MOST_RENEWALS) throw error;
			link = await files.renewed(file, link.age, signal);
		}
	}
}

/** S3 refuses a link whose time is over as one that never gave a right to anything. */
function isExpired({ facts: { httpCode, code } }: OneCodexError): boolean {
	return httpCode === 403 || code === 'ExpiredToken';
}
