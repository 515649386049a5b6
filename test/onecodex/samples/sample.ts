import { newId } from '../ids';
import type { StoredObject } from '../types';
import type { SampleStatus, SampleSteps, StandInAnalysis, StandInSample } from './types';
import { type Stage, stageAfter, timeOf, UNPROCESSED } from './walk';

const INVALID = 'The file could not be validated: it is no FASTA or FASTQ file.';

/**
 * A sample, whose way from its file to its classification is walked when somebody looks: what is due by
 * then is done as of the moment at which it was due, so that no timer is needed.
 */
export class Sample implements StandInSample {
	readonly id = newId();
	readonly metadataId = newId();
	filename: string | null = null;
	pairedEndFilename: string | null = null;
	interleaved = false;
	size: number | null = null;
	sharing: StandInSample['sharing'] = 'private';
	createdAt = new Date().toISOString();
	projectId: string | null = null;
	tagIds: string[] = [];
	metadata: Record<string, unknown> = {};
	metadataUpdatedAt: string | null = null;
	confirmations = 0;
	downloads = 0;
	inMyOrganization = false;
	readonly files: StoredObject[] = [];
	readonly urls: string[] = [];
	private stage: Stage = 'awaiting_data';
	/** Milliseconds since the epoch. */
	private since = Date.now();
	private steps: SampleSteps = {};
	private failure: string | null = null;
	private changedAt: string | null = null;
	private analysis?: StandInAnalysis;

	/** @param classify starts a classification of it at a moment. */
	constructor(
		public ownerId: string,
		private readonly classify: (sample: Sample, at: string) => StandInAnalysis,
	) {}

	get status(): SampleStatus {
		this.settle();
		const { stage } = this;
		return stage === 'classifying' || stage === 'classified' ? 'available' : stage;
	}

	get errorMsg(): string | null {
		this.settle();
		return this.failure;
	}

	get updatedAt(): string | null {
		this.settle();
		return this.changedAt;
	}

	get classificationId(): string | null {
		this.settle();
		return this.analysis?.id ?? null;
	}

	/** Its file has come, and the walk begins. */
	arrive(steps: SampleSteps, at = Date.now()): void {
		this.steps = steps;
		this.enter('importing', at);
	}

	advance(): void {
		this.settle();
		const next = stageAfter(this.stage, this.steps);
		if (next) this.enter(next, Date.now());
	}

	/** A client changed it. */
	touch(): void {
		this.settle();
		this.changedAt = new Date().toISOString();
	}

	/** Does what is due. */
	settle(): void {
		const due = this.since + timeOf(this.stage, this.steps);
		const next = stageAfter(this.stage, this.steps);
		if (!next || due > Date.now()) return;
		this.enter(next, due);
		this.settle();
	}

	private enter(stage: Stage, at: number): void {
		const { fails, errorMsg } = this.steps;
		const when = new Date(at).toISOString();
		this.stage = stage;
		this.since = at;
		// What becomes of its classification changes the classification alone.
		if (stage !== 'classified') this.changedAt = when;
		if (stage === 'failed_validation') this.failure = errorMsg ?? INVALID;
		if (stage === 'classifying') this.analysis = this.classify(this, when);
		if (stage === 'classified' && this.analysis) {
			const failed = fails === 'classification';
			Object.assign(this.analysis, {
				complete: true,
				success: !failed,
				errorMsg: failed ? (errorMsg ?? UNPROCESSED) : null,
				updatedAt: failed ? null : when,
			});
		}
	}
}
