import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { analysisAnswer, runAnswer } from '../../api/answers/analysis';
import { idOfReference } from '../../api/answers/shape';
import { pageOf } from '../../api/pages';
import { ANALYSES_PATH, jobPath, samplePath } from '../../api/paths';
import { listQuery } from '../../api/query';
import { apiRequest, defaultSettings } from '../../api/request';
import { sentSince } from '../../api/sentSince';
import { requestError } from '../../errors/requestError';
import { mayBeDone, wasNotCarriedOut } from '../../http/retry';
import { wait } from '../../http/wait';

/** What is to be run. */
export interface JobRun {
	job_id: string;
	sample_id: string;
	job_args: IDataObject;
}

/** Of a request whose answer was lost, and of which nothing was found. */
export const MAY_RUN =
	'It may run all the same. Before you run it again, look in One Codex for a new analysis of this sample: it can cost money twice.';

/** Milliseconds before each look for an analysis whose request may still be under way. */
const PAUSES_MS = [0, 2_000, 5_000];

/**
 * The jobs that a run of the node begins, each exactly once, for it can cost money. Where the answer
 * was lost, the newest analysis of the job and the sample since then decides.
 */
export class JobRuns {
	private readonly begun: Set<string>;

	/** By job and sample: what is found after a lost answer must be of one request alone. */
	private readonly last = new Map<string, Promise<unknown>>();

	/** @param begun IDs of analyses that were begun in an earlier try */
	constructor(
		private readonly context: IExecuteFunctions,
		begun: string[],
	) {
		this.begun = new Set(begun);
	}

	/** @returns the ID of the analysis @throws OneCodexError */
	async begin(run: JobRun, signal: AbortSignal): Promise<string> {
		const key = `${run.job_id} ${run.sample_id}`;
		const before = this.last.get(key) ?? Promise.resolve();
		const id = before.then(async () => await this.send(run, signal));
		this.last.set(
			key,
			id.catch(() => undefined),
		);
		this.begun.add(await id);
		return await id;
	}

	private async send(run: JobRun, signal: AbortSignal): Promise<string> {
		const { job_id, sample_id, job_args } = run;
		const settings = { ...defaultSettings(this.context), signal };
		const body = { sample: { $ref: samplePath(sample_id) }, job_args };
		const request = { method: 'POST', path: `${jobPath(job_id)}/run`, body } as const;
		const once = { ...settings, shouldRepeat: wasNotCarriedOut };
		const sentAt = Date.now();
		return await apiRequest(this.context, request, once, runAnswer).catch(
			async (cause: unknown) => {
				signal.throwIfAborted();
				const error = requestError(cause);
				if (!mayBeDone(error)) throw error;
				const found = await this.find(run, sentAt, signal);
				if (found !== undefined) return found;
				error.facts.description = MAY_RUN;
				throw error;
			},
		);
	}

	/**
	 * The newest analysis of a job and a sample that was begun since then and that nobody has yet; it
	 * belongs to who finds it.
	 *
	 * @param sentAt by this machine's clock
	 */
	async find(run: JobRun, sentAt: number, signal: AbortSignal): Promise<string | undefined> {
		for (const pause of PAUSES_MS) {
			await wait(pause, signal);
			// Not to be had is not known: what the sending failed with is what counts.
			const found = await this.newestSince(run, sentAt, signal).catch(() => undefined);
			signal.throwIfAborted();
			if (found !== undefined) return found;
		}
		return undefined;
	}

	private async newestSince(
		{ job_id, sample_id }: JobRun,
		sentAt: number,
		signal: AbortSignal,
	): Promise<string | undefined> {
		const where = { job: { $ref: jobPath(job_id) }, sample: { $ref: samplePath(sample_id) } };
		const qs = listQuery({ where, sort: { created_at: true } });
		const settings = { ...defaultSettings(this.context), maxRetries: 1, signal };
		const list = { path: ANALYSES_PATH, qs };
		const { entries, at } = await pageOf(this.context, list, analysisAnswer, settings);
		const since = sentSince(at, Date.now() - sentAt);
		const found = entries
			.filter(({ created_at }) => Date.parse(created_at) >= since)
			.map((analysis) => String(idOfReference(analysis)))
			.find((id) => !this.begun.has(id));
		if (found !== undefined) this.begun.add(found);
		return found;
	}
}
