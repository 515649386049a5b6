import { rmSync } from 'node:fs';
import { RateLimiter } from './api/rateLimit';
import { FaultSource } from './faults/source';
import type { FaultSchedule } from './faults/types';
import { newId } from './ids';
import { Imports } from './imports';
import { Violations } from './openapi/violations';
import { Library } from './samples/library';
import type { RunSteps, SampleSteps, StandInAnalysis, StandInSample } from './samples/types';
import { MultipartStore } from './storage/multipartStore';
import type { SigningKey } from './storage/policy';
import type { RecordedRequest, StandInDocument, StandInUser, StoredObject } from './types';

export interface Settings {
	apiKey: string;
	requestsPerSecond: number;
	policyLifetime: number;
	maxFileSize: number;
	downloadLifetime: number;
	availableAfter: number;
	users: Array<string | StandInUser>;
	region: string;
	minPartSize: number;
	/** Default: no time. */
	sampleSteps?: SampleSteps | ((sample: StandInSample) => SampleSteps);
	/** Default: no time, and success. */
	runSteps?: RunSteps | ((analysis: StandInAnalysis) => RunSteps);
	/** Default: any number. */
	maxSamples?: number;
	/** Default true. */
	premium?: boolean;
	directory: string;
	signingKey: SigningKey;
	faults?: FaultSchedule;
}

/** What both sides share: one account, its documents, and the bucket's objects. */
export class StandInState {
	readonly bucket = 'onecodex-stand-in-userdata';
	readonly userId = newId();
	readonly users: StandInUser[];
	readonly accountCreatedAt = new Date().toISOString();
	readonly documents: StandInDocument[] = [];
	readonly requests: RecordedRequest[] = [];
	readonly rateLimiter: RateLimiter;
	readonly violations = new Violations();
	readonly faults: FaultSource;
	readonly imports: Imports;
	readonly library = new Library();
	readonly multipart: MultipartStore;

	constructor(readonly settings: Settings) {
		this.users = [
			{ id: this.userId, email: 'stand-in@onecodex.example' },
			...settings.users.map((user) =>
				typeof user === 'string' ? { id: newId(), email: user } : user,
			),
		];
		this.rateLimiter = new RateLimiter(settings.requestsPerSecond);
		this.faults = new FaultSource(settings.faults);
		this.imports = new Imports(settings.policyLifetime);
		this.multipart = new MultipartStore(settings.directory, settings.minPartSize);
	}

	addDocument(filename: string, size: number, id = newId()): StandInDocument {
		const document: StandInDocument = {
			id,
			filename,
			size,
			state: 'initiated',
			confirmations: 0,
			createdAt: new Date().toISOString(),
			uploaderId: this.userId,
			downloaders: [],
			downloads: 0,
		};
		this.documents.push(document);
		return document;
	}

	findDocument(id: string): StandInDocument | undefined {
		return this.documents.find((document) => document.id === id);
	}

	/** @throws Error when there is no document of that id. */
	document(id: string): StandInDocument {
		const document = this.findDocument(id);
		if (!document) throw new Error(`The stand-in knows no document ${id}`);
		return document;
	}

	/** How long this sample's steps take. */
	stepsOf(sample: StandInSample): SampleSteps {
		const { sampleSteps = {} } = this.settings;
		return typeof sampleSteps === 'function' ? sampleSteps(sample) : sampleSteps;
	}

	/** How this run goes. */
	stepsOfRun(analysis: StandInAnalysis): RunSteps {
		const { runSteps = {} } = this.settings;
		return typeof runSteps === 'function' ? runSteps(analysis) : runSteps;
	}

	/** The policy in the uploading document names the file's folder after the document's id. */
	keyPrefix(document: StandInDocument): string {
		return `user_${document.uploaderId}/file_${document.id}/`;
	}

	/** A document's own key; an object keeps the one it came under when its document is renamed. */
	objectKey(document: StandInDocument): string {
		return document.object?.key ?? this.keyPrefix(document) + document.filename;
	}

	/**
	 * Takes an object into the bucket; a later one under the same key replaces it, as in S3. An object
	 * under no document's own key (another filename) can never be confirmed, so it is not kept.
	 */
	putObject(object: StoredObject): void {
		const document = this.documents.find((candidate) => this.objectKey(candidate) === object.key);
		const dropped = document ? document.object : object;
		if (dropped) rmSync(dropped.path, { force: true });
		if (!document) return;
		document.object = object;
		if (document.state === 'initiated') document.state = 'stored';
	}

	removeDocument(document: StandInDocument): void {
		if (document.object) rmSync(document.object.path, { force: true });
		this.documents.splice(this.documents.indexOf(document), 1);
	}

	reset(): void {
		for (const { object } of this.documents) if (object) rmSync(object.path, { force: true });
		this.documents.length = 0;
		this.imports.clear();
		this.library.clear();
		this.multipart.clear();
		this.requests.length = 0;
		this.rateLimiter.reset();
		this.violations.settle();
	}
}
