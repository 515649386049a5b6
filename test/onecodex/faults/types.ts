/** What goes wrong with one request, on the wire or in its answer. */
export type Fault =
	/**
	 * The request is served as usual, but its answer ends the connection, and from before the answer on
	 * new connections are refused for `ms` (default 300).
	 */
	| { kind: 'refuse'; ms?: number }
	/** RST: at the head, after about half of the body, or in place of the answer to what was carried out. */
	| { kind: 'reset'; when: 'before' | 'during' | 'after' }
	/** Nothing is read beyond the head and nothing is answered, until client or stand-in ends it. */
	| { kind: 'stall' }
	/** Upload, object or part: the body is read no faster than so, then served as usual. */
	| { kind: 'slow'; bytesPerSecond: number }
	/**
	 * Storage: 307, not carried out. Default location: the same path on the second
	 * storage origin.
	 */
	| { kind: 'redirect'; location?: string }
	/** API: that status, not carried out. `retryAfter`: seconds or an HTTP date. */
	| { kind: 'status'; status: number; retryAfter?: string }
	/**
	 * Storage: S3's error, not carried out. PolicyExpired (uploads by form) is AccessDenied, in S3's words
	 * for that. `retryAfter`: seconds or an HTTP date.
	 */
	| {
			kind: 's3';
			code: 'InternalError' | 'SlowDown' | 'RequestTimeout' | 'PolicyExpired';
			retryAfter?: string;
	  }
	/** Carried out, but half of the answer's body is missing when the connection ends. */
	| { kind: 'truncated' }
	/** Carried out, but the answer is a success (200; an upload's 201) with a proxy's HTML page. */
	| { kind: 'malformed' }
	/** API, confirm_upload: 200 with `success` false, not carried out. */
	| { kind: 'successFalse' }
	/** CompleteMultipartUpload: 200 with an InternalError in its body, not carried out. */
	| { kind: 'errorIn200' }
	/**
	 * Upload, object or part: one byte is stored wrongly, and the ETag is that of what was stored. An
	 * object or part whose digest was sent with it is refused in place of stored.
	 */
	| { kind: 'wrongEtag' };

export interface FaultableRequest {
	side: 'api' | 'storage';
	method: string;
	/** Path and query, undecoded. */
	path: string;
	/** How many requests were asked about before, on both sides together; a reset does not rewind it. */
	index: number;
}

/**
 * Asked once for each request, when its head is there; undefined: no fault. A request above the rate
 * limit is answered 429 and not asked about, so that no fault in a row is lost to it.
 */
export type FaultSchedule = (request: FaultableRequest) => Fault | undefined;
