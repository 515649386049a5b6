import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { stateOf } from '../../api/answers/analysis';
import { cancelSignal } from '../../api/cancelSignal';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import { mayBeDone } from '../../http/retry';
import type { AnalysisAnswer, FileDetails } from '../../types';
import { RunMemory } from '../shared/runMemory';
import { readAnalysis } from './findAnalysis';
import { JobRuns, MAY_RUN, type JobRun } from './jobRuns';

/** Runs jobs, each once, also where n8n runs the node again: what was begun then is taken up. */
export class RunOnce {
	private readonly runs: JobRuns;

	private readonly memory: RunMemory;

	constructor(private readonly context: IExecuteFunctions) {
		this.runs = new JobRuns(context);
		this.memory = new RunMemory(context);
	}

	/**
	 * The analysis as which a job is run for an item.
	 *
	 * @param details gets its ID as soon as that is known
	 * @throws OneCodexError
	 */
	async analysisOf(
		itemIndex: number,
		run: JobRun,
		details: FileDetails,
		signal: AbortSignal,
	): Promise<AnalysisAnswer> {
		const position = `run ${itemIndex}`;
		const subject = () => JSON.stringify(run);
		const remember = (json: IDataObject) => this.memory.remember(position, subject, json);
		const read = async (id: string) => {
			details.analysis_id = id;
			return await readAnalysis(this.context, id, signal);
		};

		const known = this.memory.recall(position, subject);
		if (known) {
			const { analysis_id, sent_at } = known.json;
			const id = analysis_id ?? (await this.runs.find(run, Number(sent_at), signal));
			if (id === undefined && known.isOfThisExecution) throw notKnown();
			if (id !== undefined) {
				remember({ analysis_id: id } as IDataObject);
				const analysis = await read(String(id));
				// Who presses n8n's Retry button for one that failed wants another.
				if (known.isOfThisExecution || stateOf(analysis) !== 'failed') return analysis;
			}
		}
		const sent_at = Date.now();
		try {
			// Who fails beside it stops no request that is on its way: what it began would not be known.
			const id = await this.runs.begin(run, cancelSignal(this.context));
			remember({ analysis_id: id });
			return await read(id);
		} catch (cause) {
			const error = requestError(cause);
			if (details.analysis_id === undefined && mayBeDone(error)) remember({ sent_at });
			throw error;
		}
	}
}

/** When n8n runs the node again, nobody has looked in between. */
function notKnown(): OneCodexError {
	const message = 'It is not known whether the job was run in an earlier try';
	return new OneCodexError('service', message, { description: MAY_RUN });
}
