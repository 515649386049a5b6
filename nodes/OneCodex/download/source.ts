import type { StorageContext } from '../transport/storageRequest';

/** More than a request gets, for a file that is still being moved: a minute and a half or so. */
export const MAX_RETRIES = 9;

/** What every request for an object needs. */
export interface ObjectSource {
	context: StorageContext;
	/** Signed, and asked for once; to follow it costs nothing. */
	link: string;
	signal: AbortSignal;
}
