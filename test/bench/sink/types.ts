/** A body that came to the storage; times in milliseconds since the epoch. */
export interface Received {
	firstByte: number;
	lastByte: number;
	/** Of the file, not of the form around it. */
	bytes: number;
	status: number;
	/** S3's, where it was refused. */
	code?: string;
	/** Milliseconds of CPU that the sink had used at the first and at the last byte. */
	cpu: { first: number; last: number };
}

export interface ApiCall {
	at: number;
	method: string;
	path: string;
	status: number;
}

/** What the service saw since it was last asked. */
export interface ServerView {
	bodies: Received[];
	api: ApiCall[];
	/** The sizes of the documents that were confirmed. */
	confirmed: number[];
}

/** What the sink is started with. */
export interface SinkSettings {
	apiKey: string;
	/** Default: any free one. */
	storagePort?: number;
	/** What init_upload answers, where that is not the storage itself. */
	uploadUrl?: string;
}

/** What the sink says once it listens. */
export interface SinkAddress {
	baseUrl: string;
	storageUrl: string;
}
