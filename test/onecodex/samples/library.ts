import { rmSync } from 'node:fs';
import { newId } from '../ids';
import { Sample } from './sample';
import type { RunSteps, StandInAnalysis, StandInJob, StandInProject, StandInTag } from './types';
import { UNPROCESSED } from './walk';

const CLASSIFICATION = 'classification';

/** The account's samples, and what belongs to them. */
export class Library {
	readonly samples: Sample[] = [];
	readonly tags: StandInTag[] = [];
	readonly projects: StandInProject[] = [];
	readonly jobs: StandInJob[] = [];
	readonly analyses: StandInAnalysis[] = [];
	/** Runs that end at a moment, in milliseconds since the epoch. */
	private readonly due = new Map<StandInAnalysis, { at: number; steps: RunSteps }>();

	constructor() {
		this.clear();
	}

	addSample(ownerId: string): Sample {
		const sample = new Sample(ownerId, ({ id }, at) =>
			this.startAnalysis({ sampleId: id, jobId: this.jobOf(CLASSIFICATION).id, createdAt: at }),
		);
		this.samples.push(sample);
		return sample;
	}

	/** What is due of every sample and run is done, so that lists of analyses have those of now. */
	settle(): void {
		for (const sample of this.samples) sample.settle();
		for (const [analysis, { at, steps }] of this.due) {
			if (at <= Date.now()) this.end(analysis, steps, at);
		}
	}

	/** A run that was asked for comes to its end in its time. */
	walk(analysis: StandInAnalysis, steps: RunSteps): void {
		this.due.set(analysis, { at: Date.now() + (steps.running ?? 0), steps });
		this.settle();
	}

	end(analysis: StandInAnalysis, { fails, errorMsg }: RunSteps, at = Date.now()): void {
		this.due.delete(analysis);
		Object.assign(analysis, {
			complete: true,
			success: !fails,
			errorMsg: fails ? (errorMsg ?? UNPROCESSED) : null,
			updatedAt: fails ? null : new Date(at).toISOString(),
		});
	}

	removeSample(sample: Sample): void {
		for (const { path } of sample.files) rmSync(path, { force: true });
		this.samples.splice(this.samples.indexOf(sample), 1);
		for (const analysis of this.analyses) {
			if (analysis.sampleId === sample.id) this.forget(analysis);
		}
		const left = this.analyses.filter(({ sampleId }) => sampleId !== sample.id);
		this.analyses.splice(0, this.analyses.length, ...left);
	}

	/** The tag of that name, made where there is none. */
	tagNamed(name: string): StandInTag {
		const known = this.tags.find((tag) => tag.name === name);
		if (known) return known;
		const tag = { id: newId(), name };
		this.tags.push(tag);
		return tag;
	}

	/** The first job of a type, made where there is none. */
	jobOf(type: string): StandInJob {
		return (
			this.jobs.find((job) => job.type === type) ?? this.addJob({ name: `One Codex ${type}`, type })
		);
	}

	addJob(job: Pick<StandInJob, 'name' | 'type'> & Partial<StandInJob>): StandInJob {
		const added = {
			id: newId(),
			public: true,
			createdAt: new Date().toISOString(),
			argumentsSchema: {},
			...job,
		};
		this.jobs.push(added);
		return added;
	}

	/** A run of a job that has just begun; its type is the job's. */
	startAnalysis(
		started: Pick<StandInAnalysis, 'sampleId' | 'jobId'> & Partial<StandInAnalysis>,
	): StandInAnalysis {
		const type = this.jobs.find(({ id }) => id === started.jobId)?.type ?? CLASSIFICATION;
		const analysis: StandInAnalysis = {
			id: newId(),
			type,
			createdAt: new Date().toISOString(),
			updatedAt: null,
			complete: false,
			success: false,
			errorMsg: null,
			jobArgs: {},
			files: [],
			...started,
		};
		this.analyses.push(analysis);
		return analysis;
	}

	private forget(analysis: StandInAnalysis): void {
		this.due.delete(analysis);
		for (const { object } of analysis.files) rmSync(object.path, { force: true });
	}

	clear(): void {
		for (const analysis of this.analyses) this.forget(analysis);
		for (const { path } of this.samples.flatMap(({ files }) => files))
			rmSync(path, { force: true });
		for (const list of [this.samples, this.tags, this.projects, this.jobs, this.analyses]) {
			list.length = 0;
		}
		this.addJob({ name: 'One Codex Database', type: CLASSIFICATION });
	}
}
