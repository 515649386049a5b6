import { rmSync } from 'node:fs';
import { newId } from '../ids';
import { Sample } from './sample';
import type { StandInAnalysis, StandInJob, StandInProject, StandInTag } from './types';

const CLASSIFICATION = 'classification';

/** The account's samples, and what belongs to them. */
export class Library {
	readonly samples: Sample[] = [];
	readonly tags: StandInTag[] = [];
	readonly projects: StandInProject[] = [];
	readonly jobs: StandInJob[] = [];
	readonly analyses: StandInAnalysis[] = [];

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

	/** What is due of every sample is done, so that lists of analyses have those of now. */
	settle(): void {
		for (const sample of this.samples) sample.settle();
	}

	removeSample(sample: Sample): void {
		for (const { path } of sample.files) rmSync(path, { force: true });
		this.samples.splice(this.samples.indexOf(sample), 1);
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
			...started,
		};
		this.analyses.push(analysis);
		return analysis;
	}

	clear(): void {
		for (const { path } of this.samples.flatMap(({ files }) => files))
			rmSync(path, { force: true });
		for (const list of [this.samples, this.tags, this.projects, this.jobs, this.analyses]) {
			list.length = 0;
		}
		this.addJob({ name: 'One Codex Database', type: CLASSIFICATION });
	}
}
