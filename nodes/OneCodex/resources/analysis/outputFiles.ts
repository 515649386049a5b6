import type { IExecuteFunctions } from 'n8n-workflow';

import { outputFilesAnswer, type OutputFile } from '../../api/answers/outputFiles';
import { idOfReference } from '../../api/answers/shape';
import { analysisPath } from '../../api/paths';
import { apiRequest, defaultSettings } from '../../api/request';
import { isNotFound } from '../../errors/notFound';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import type { AnalysisAnswer } from '../../types';
import { checkSucceeded } from './analysisState';

/** A thousand files, each with a link of about a thousand signs, and room for more. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The files that an analysis wrote, whose links last for a while only. */
export class OutputFiles {
	/** How often the links were fetched anew. */
	private age = 0;

	private list: Promise<OutputFile[]>;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly analysis: AnalysisAnswer,
		signal: AbortSignal,
	) {
		this.list = this.read(signal);
	}

	/** @throws OneCodexError, that of its state for an analysis that has none */
	async all(): Promise<OutputFile[]> {
		const files = await this.list;
		if (!files.length) checkSucceeded(this.analysis);
		return files;
	}

	/**
	 * A link in place of one that expired. The others expired with it, so they are fetched anew once for
	 * all of them.
	 *
	 * @param age of the link that expired: 0 for those of `all`
	 */
	async renewed(
		{ filepath }: OutputFile,
		age: number,
		signal: AbortSignal,
	): Promise<{ url: string; age: number }> {
		if (age === this.age) {
			this.age++;
			this.list = this.read(signal);
		}
		const files = await this.list;
		const file = files.find((each) => each.filepath === filepath);
		if (file) return { url: file.url, age: this.age };
		throw new OneCodexError('service', 'The analysis no longer has this file', {
			description: 'It was removed, or the analysis run anew. Look at the analysis in One Codex.',
		});
	}

	private async read(signal: AbortSignal): Promise<OutputFile[]> {
		const { context, analysis } = this;
		const path = `${analysisPath(String(idOfReference(analysis)))}/file_details`;
		const settings = { ...defaultSettings(context), signal };
		const request = { method: 'GET', path, mostBytes: MOST_BYTES } as const;
		return await apiRequest(context, request, settings, outputFilesAnswer).catch(
			(cause: unknown) => {
				const error = requestError(cause);
				if (isNotFound(error)) checkSucceeded(analysis);
				throw error;
			},
		);
	}
}
