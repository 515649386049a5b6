import type { IDataObject } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import { sampleAnswer, sampleUploadAnswer } from '../../api/answers/sample';
import { pageOf } from '../../api/pages';
import { SAMPLES_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { apiRequest, type ApiSettings } from '../../api/request';
import { sentSince } from '../../api/sentSince';
import { requestError } from '../../errors/requestError';
import { mayBeDone, retry } from '../../http/retry';
import type { ApiContext, SampleUploadAnswer } from '../../types';
import { cancelUpload, cleaningUp } from './cancelUpload';

/** What One Codex is told of a sample to come (POST /samples/init_multipart_upload). */
export interface SampleToCome extends IDataObject {
	filename: string;
}

const UNKNOWN_BEFORE =
	'Check the option Sample ID or External Sample ID: it must be that of a sample of your own that was created without a file and has none yet.';

const INIT_PATH = `${SAMPLES_PATH}/init_multipart_upload`;

/**
 * The samples that a run begins. An init whose answer was lost leaves a sample without data that
 * people see, so it is looked for and dropped before the next attempt, and when the run is stopped
 * meanwhile. The samples of the same name that the run itself has under way are not to be taken for it.
 */
export class SampleInits {
	private readonly begun = new Set<string>();

	/** Inits without an answer yet, by file name. */
	private readonly waiting = new Map<string, number>();

	/** Names of which a sample without data may be left. */
	readonly mayBeLeft = new Set<string>();

	constructor(private readonly context: ApiContext) {}

	/**
	 * Begins one; what it cannot clean away is in `mayBeLeft`.
	 *
	 * @throws OneCodexError
	 */
	async begin(sample: SampleToCome, settings: ApiSettings): Promise<SampleUploadAnswer> {
		const { filename, sample_id, external_sample_id } = sample;
		const attempt = async () => {
			const sentAt = performance.now();
			this.count(filename, 1);
			try {
				const request = { method: 'POST', path: INIT_PATH, body: sample } as const;
				const once = { ...settings, maxRetries: 0 };
				const lent = await apiRequest(this.context, request, once, sampleUploadAnswer);
				this.begun.add(lent.sample_id);
				return lent;
			} catch (cause) {
				const error = requestError(cause);
				const makesOne = sample_id === undefined && external_sample_id === undefined;
				const isStopped = settings.signal.aborted;
				if (makesOne && (isStopped || mayBeDone(error))) {
					const look = isStopped ? cleaningUp() : settings;
					await this.dropLost(filename, sentAt, look).catch(
						() => void this.mayBeLeft.add(filename),
					);
				}
				if (error.facts.httpCode === 400 && !makesOne) {
					error.facts.description = UNKNOWN_BEFORE;
				}
				throw error;
			} finally {
				this.count(filename, -1);
			}
		};
		return await retry(attempt, settings);
	}

	private async dropLost(filename: string, sentAt: number, settings: ApiSettings): Promise<void> {
		const where = { filename: { $eq: filename }, status: { $eq: 'awaiting_data' } };
		const list = { path: SAMPLES_PATH, qs: listQuery({ where, sort: { created_at: true } }) };
		const { entries, at } = await pageOf(this.context, list, sampleAnswer, settings);
		const since = sentSince(at, performance.now() - sentAt);
		const [first, ...others] = entries
			.filter(({ created_at }) => Date.parse(created_at) >= since)
			.map((sample) => String(idOfReference(sample)))
			.filter((id) => !this.begun.has(id));
		if (first === undefined) return;
		// With another init of this name under way, the one that is found may be of that.
		const isSure = others.length === 0 && this.waiting.get(filename) === 1;
		const isDropped = isSure && (await cancelUpload(this.context, first));
		if (!isDropped) this.mayBeLeft.add(filename);
	}

	private count(filename: string, change: number): void {
		this.waiting.set(filename, (this.waiting.get(filename) ?? 0) + change);
	}
}
