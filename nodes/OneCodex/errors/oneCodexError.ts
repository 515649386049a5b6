import type { FileDetails } from '../types';

/** Who can mend it: the user (`input`), or what answered (`service`) or did not (`network`). */
export type ErrorKind = 'input' | 'service' | 'network';

interface ErrorFacts {
	/** What to do about it. */
	description?: string;
	/** HTTP status of the answer, for `service`. */
	httpCode?: number;
	/** Whether what answered is neither One Codex nor the storage, but something in between. */
	isBetween?: boolean;
	/** S3's code, or that of Node.js for a request without an answer. */
	code?: string;
	/** Whether it may pass, where neither status nor code says so. */
	isTransient?: boolean;
	/** Milliseconds that the service asked to wait (Retry-After). */
	retryAfter?: number;
	/** How often it was tried. */
	attempts?: number;
	details?: FileDetails;
}

/**
 * An error of ours before it is known for which item: the layers below need not know the node.
 * It is made of our own words and of single fields of an answer, never of a request, so that no
 * key, policy or signature can travel in it.
 */
export class OneCodexError extends Error {
	constructor(
		readonly kind: ErrorKind,
		message: string,
		readonly facts: ErrorFacts = {},
	) {
		super(message);
		this.name = 'OneCodexError';
	}

	/** n8n keeps it where it wraps an error in one of its own, as it does for the credential's. */
	get description(): string | undefined {
		return this.facts.description;
	}
}
