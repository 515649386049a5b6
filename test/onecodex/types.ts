import type { IncomingHttpHeaders } from 'node:http';
import type { Fault, FaultSchedule } from './faults/types';
import type { StandInImport } from './imports';
import type {
	LibrarySide,
	RunSteps,
	SampleSteps,
	StandInAnalysis,
	StandInSample,
} from './samples/types';

/** How a stand-in differs from the service's defaults. */
export interface StandInOptions {
	/** The one account's API key. Default: 32 random hex digits. */
	apiKey?: string;
	/** Requests an API key may make in any second, over all API routes; 0 is no limit. Default 10. */
	requestsPerSecond?: number;
	/**
	 * Seconds that an upload's policy is valid from init_upload on, or its keys from init_multipart_upload
	 * on; negative: expired when issued. Default 3600.
	 */
	policyLifetime?: number;
	/** Bytes that one POST, PUT or part may carry. Default 5 GiB, which is S3's limit for each. */
	maxFileSize?: number;
	/** Port of the API. Default 0: any free one. */
	apiPort?: number;
	/** Port of the storage. Default 0: any free one. */
	storagePort?: number;
	/** Where objects are stored. Default: a new temporary folder, removed on close. */
	directory?: string;
	/** Seconds a link of download_uri is valid; negative: expired when issued. Default 86400. */
	downloadLifetime?: number;
	/** Milliseconds after its confirmation in which a file is still being moved: its links answer 404. Default 0. */
	availableAfter?: number;
	/** The users there are beside the account's own, or their e-mails alone. Default: three. */
	users?: Array<string | StandInUser>;
	/** The region that the bucket is in. Default `eu-central-1`: not the one that a client may assume. */
	region?: string;
	/** Bytes that each part but the last must have. Default 5 MiB, which is S3's limit. */
	minPartSize?: number;
	/** How long a sample's steps take once its file is there, or what says so of each. Default: no time. */
	sampleSteps?: SampleSteps | ((sample: StandInSample) => SampleSteps);
	/** How a run that was asked for goes, or what says so of each. Default: no time, and success. */
	runSteps?: RunSteps | ((analysis: StandInAnalysis) => RunSteps);
	/** Samples of its own that the account may have: 402 for more. Default: any number. */
	maxSamples?: number;
	/** Whether the account's plan lets it download samples: else 402. Default true. */
	premium?: boolean;
	/** What goes wrong, and with which request. Default: nothing. */
	faults?: FaultSchedule;
}

/** An object in the bucket, with its bytes on disk at `path`. */
export interface StoredObject {
	key: string;
	path: string;
	/** Bytes. */
	size: number;
	/** Hex. */
	md5: string;
	/** Hex. */
	sha256: string;
	/** As S3 sends it, in double quotes: the MD5, or "md5-of-md5s-N" after a multipart upload. */
	etag: string;
	/** Milliseconds since the epoch. */
	storedAt: number;
}

/** A document as the service knows it, from init_upload on. */
export interface StandInDocument {
	/** 16 lower-case hex digits. */
	id: string;
	filename: string;
	/** Bytes: as declared to init_upload, or as imported. */
	size: number;
	/** `stored` once an object is under the document's own key, whatever that object's size. */
	state: 'initiated' | 'stored' | 'confirmed';
	/** Calls of confirm_upload or of its callback that reached this document, whatever they were answered. */
	confirmations: number;
	/** RFC 3339, UTC. */
	createdAt: string;
	/** Milliseconds since the epoch; absent for a document that was seeded. */
	confirmedAt?: number;
	/** The owner: a user's id. */
	uploaderId: string;
	/** Whom it was shared with: users' ids. */
	downloaders: string[];
	/** Calls of download_uri that were given a link, and may have cost money. */
	downloads: number;
	/** The object under the document's own key: the right prefix and the declared filename, or the `file_id`. */
	object?: StoredObject;
}

/** A multipart upload to the bucket, from CreateMultipartUpload on. */
export interface StandInMultipartUpload {
	/** S3's UploadId. */
	id: string;
	/** The object's: a `file_id`. */
	key: string;
	state: 'open' | 'completed' | 'aborted';
	/** How many it has; of a completed one, how many it was made of. */
	parts: number;
}

export interface StandInUser {
	/** 16 lower-case hex digits. */
	id: string;
	email: string;
}

/** A confirmed document to begin with; with a `size` alone it has no object, and its links answer 404. */
export type Seed = {
	/** Default: a new one. */
	id?: string;
	filename: string;
	/** RFC 3339. Default: now. */
	createdAt?: string;
	/** A user's id. Default: the account's own. */
	uploaderId?: string;
	/** Another uploader's document is seen by the account only if it was shared. Default false. */
	sharedWithMe?: boolean;
} & ({ bytes: Buffer } | { size: number });

/** A request as it came, on either side; the entry is there from the request's head on. */
export interface RecordedRequest {
	/** Milliseconds since the epoch. */
	at: number;
	side: 'api' | 'storage';
	method: string;
	/** The request target: path and query, undecoded. */
	path: string;
	headers: IncomingHttpHeaders;
	rawHeaders: string[];
	/** API side: the parsed JSON; absent where there was none. */
	body?: unknown;
	/** Storage side: the form's fields before the file, in order. */
	fields?: Array<[string, string]>;
	/** Storage side: the filename of the file part, as sent. */
	filename?: string;
	/** Bytes of the request's body so far. */
	bytes: number;
	/** What was answered, or would have been but for the client or a fault; 0 while undecided. */
	status: number;
	/** The client went away, or ended its side in mid-body, before it was answered. */
	aborted: boolean;
	/** What was made to go wrong with it. */
	fault?: Fault['kind'];
}

/** A running stand-in: the API and the storage, on two origins. */
export interface OneCodexStandIn extends LibrarySide {
	/** Origin of the API, without a trailing slash. */
	baseUrl: string;
	/** The bucket's root, without a trailing slash. */
	storageUrl: string;
	/** The same bucket on another origin, where a 307 leads; it does not redirect any further. */
	regionUrl: string;
	apiKey: string;
	/** The account's own user. */
	userId: string;
	/** The account's own user first. */
	users: StandInUser[];
	documents: StandInDocument[];
	/** What init_multipart_upload was asked for. */
	imports: StandInImport[];
	multipartUploads: StandInMultipartUpload[];
	requests: RecordedRequest[];
	/**
	 * What the stand-in itself would have answered against One Codex's own description of the API: the
	 * request got a 500 in its place, and `reset` and `close` throw.
	 */
	violations: string[];
	/** Adds a confirmed document without a request. */
	seed(seed: Seed): StandInDocument;
	/** @throws Error when there is no document of that id. */
	document(id: string): StandInDocument;
	/**
	 * Forgets documents, samples (with all that belongs to them), imports and uploads, their files,
	 * requests and the rate window.
	 *
	 * @throws Error when there were violations.
	 */
	reset(): void;
	/**
	 * Ends both servers with every connection, and removes the folder that it made.
	 *
	 * @throws Error when there were violations.
	 */
	close(): Promise<void>;
}
