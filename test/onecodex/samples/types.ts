import type { StoredObject } from '../types';

export type SampleStatus =
	| 'awaiting_data'
	| 'importing'
	| 'validating'
	| 'failed_validation'
	| 'available';

/** Milliseconds that each step of a sample takes once its file is there; Infinity: until `advance`. */
export interface SampleSteps {
	/** Default 0, as of each. */
	importing?: number;
	validating?: number;
	/** From `available` until its classification is there, which is then not complete. */
	queued?: number;
	classifying?: number;
	/** What goes wrong: the sample is `failed_validation`, or its classification not successful. */
	fails?: 'validation' | 'classification';
	/** Why. Default: a sentence. */
	errorMsg?: string;
}

export interface StandInSample {
	/** 16 lower-case hex digits. */
	readonly id: string;
	readonly metadataId: string;
	/** R1's; null before there is any. */
	filename: string | null;
	/** R2's; null of a single file. */
	pairedEndFilename: string | null;
	interleaved: boolean;
	/** Bytes of all its files; null before they are there. */
	size: number | null;
	/** As it is now: what is due by the steps has been done. */
	readonly status: SampleStatus;
	readonly errorMsg: string | null;
	/** Of the one who sees it; the API's `visibility` tells of files that are not there yet in its place. */
	sharing: 'public' | 'shared' | 'private';
	/** RFC 3339, UTC. */
	createdAt: string;
	readonly updatedAt: string | null;
	/** A user's id. */
	ownerId: string;
	projectId: string | null;
	/** Tags' ids. */
	tagIds: string[];
	/** The record of it, by the API's names; without `$uri`, `sample` and `updated_at`. */
	metadata: Record<string, unknown>;
	/** An analysis' id; null until there is one. */
	readonly classificationId: string | null;
	/** Calls of the callback_url or of confirm_upload for it, whatever they were answered. */
	confirmations: number;
	/** Calls of download_uri that were given a link, and may have cost money. */
	downloads: number;
	/** R1, and R2 of a pair; of an import from a URL and of what was seeded without bytes none. */
	readonly files: StoredObject[];
	/** Where it was imported from. */
	readonly urls: string[];
	/** Takes the step that it is in to its end, whatever the steps say. */
	advance(): void;
}

export interface StandInTag {
	id: string;
	name: string;
}

export interface StandInProject {
	id: string;
	name: string | null;
	projectName: string | null;
	description: string | null;
	externalId: string | null;
	ownerId: string;
	public: boolean;
	/** Users' ids and their rights; the owner, who has them all, is not among them. */
	members: Map<string, string[]>;
}

export interface StandInJob {
	id: string;
	name: string;
	/** As the API's `analysis_type`. */
	type: string;
	public: boolean;
	/** RFC 3339, UTC. */
	createdAt: string;
	/** A JSON Schema; `{}` of a job without arguments. */
	argumentsSchema: Record<string, unknown>;
}

export interface StandInAnalysis {
	/** 16 lower-case hex digits; the same under `/analyses` and under its type. */
	id: string;
	/** As the API's `analysis_type`. */
	type: string;
	jobId: string;
	sampleId: string;
	/** RFC 3339, UTC. */
	createdAt: string;
	/** null while it runs, and when it failed. */
	updatedAt: string | null;
	complete: boolean;
	success: boolean;
	errorMsg: string | null;
	jobArgs: Record<string, unknown>;
	/** What `/results` answers once it has succeeded. Default: what was recorded of its type. */
	results?: unknown;
	/** The same of `/raw_results`. */
	rawResults?: unknown;
	/** What it wrote; of a classification `readlevel.tsv.gz` is what `/readlevel` leads to. */
	files: StandInFile[];
	/** Absent: 404. */
	log?: string;
}

/** A file that an analysis wrote. */
export interface StandInFile {
	/** With its folders. */
	path: string;
	object: StoredObject;
}

/** How a run that was asked for goes. */
export interface RunSteps {
	/** Milliseconds; Infinity: until `endAnalysis`. Default 0. */
	running?: number;
	/** Default false. */
	fails?: boolean;
	errorMsg?: string;
	results?: unknown;
	/** Bytes by path. */
	files?: Record<string, Buffer>;
	log?: string;
}

export type SeedSample = {
	/** Default: `available`, and classified. */
	status?: SampleStatus;
	errorMsg?: string;
	/** Default: `private`. */
	sharing?: StandInSample['sharing'];
	/** RFC 3339. Default: now. */
	createdAt?: string;
	/** A user's id. Default: the account's own. */
	ownerId?: string;
	/** Another owner's private sample is seen through the list of the organization only if so. Default false. */
	inMyOrganization?: boolean;
	projectId?: string;
	/** Names; tags are made as needed. */
	tags?: string[];
	metadata?: Record<string, unknown>;
	/** Default: complete and successful where the sample is available. */
	classification?: 'none' | 'running' | 'succeeded' | 'failed';
} & (
	| { filename: string; bytes: Buffer }
	/** Without an object: its links answer 404. */
	| { filename: string; size?: number }
	/** Created before its file. */
	| { filename?: undefined; status: 'awaiting_data' }
);

export interface SeedProject {
	name?: string;
	projectName?: string;
	description?: string;
	externalId?: string;
	/** A user's id. Default: the account's own. */
	ownerId?: string;
	public?: boolean;
	/** The account's rights in another owner's project. Default: none, so that it is not seen unless public. */
	permissions?: string[];
}

export interface SeedAnalysis {
	sampleId: string;
	/** Default: the job's type, or `classification`. */
	type?: string;
	/** Default: the first job of that type, which is made if there is none. */
	jobId?: string;
	/** Default: `succeeded`. */
	state?: 'running' | 'succeeded' | 'failed';
	errorMsg?: string;
	/** RFC 3339. Default: now. */
	createdAt?: string;
	jobArgs?: Record<string, unknown>;
	results?: unknown;
	rawResults?: unknown;
	/** Bytes by path. */
	files?: Record<string, Buffer>;
	log?: string;
}

export interface SeedJob {
	name: string;
	/** Default: `classification`. */
	type?: string;
	public?: boolean;
	createdAt?: string;
	argumentsSchema?: Record<string, unknown>;
}

/** What a running stand-in shows a test of samples and of what belongs to them. */
export interface LibrarySide {
	samples: StandInSample[];
	tags: StandInTag[];
	projects: StandInProject[];
	/** Of every type; first the one that samples are classified with. */
	jobs: StandInJob[];
	/** Of every type, as they were when somebody last looked: with a request, or with `analysis`. */
	analyses: StandInAnalysis[];
	/** @throws Error when there is none of that id. */
	sample(id: string): StandInSample;
	/** @throws Error when there is none of that id. */
	analysis(id: string): StandInAnalysis;
	/** Ends a run that has not come to its end. Default: with success. */
	endAnalysis(id: string, outcome?: { success?: boolean; errorMsg?: string }): void;
	/** Adds a sample without a request. */
	seedSample(seed: SeedSample): StandInSample;
	/** The tag of that name. */
	seedTag(name: string): StandInTag;
	seedProject(seed: SeedProject): StandInProject;
	seedJob(seed: SeedJob): StandInJob;
	/** A run beside the classification that a sample has by itself. */
	seedAnalysis(seed: SeedAnalysis): StandInAnalysis;
}
