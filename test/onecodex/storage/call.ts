import type { IncomingHttpHeaders } from 'node:http';
import type { Exchange } from '../faults/inject';
import type { StandInState } from '../state';
import type { Address } from './actions';
import { S3Error } from './errors';

/** A request that was found to be signed as it has to be. */
export interface Call extends Address {
	state: StandInState;
	exchange: Exchange;
	headers: IncomingHttpHeaders;
	payloadHash: string;
	uploadId: string;
	/** The body of a part or of an object, as it comes. */
	chunks: AsyncIterable<Buffer>;
	/** Any other body, which is as it was said to be. */
	document: Buffer;
}

export const ENCRYPTION = 'x-amz-server-side-encryption';

/**
 * The policy of a bucket whose objects are to be encrypted denies every request for another one.
 *
 * @throws S3Error AccessDenied
 */
export function checkEncryption(headers: IncomingHttpHeaders): void {
	if (headers[ENCRYPTION] !== 'AES256') throw new S3Error('AccessDenied', 'Access Denied');
}
