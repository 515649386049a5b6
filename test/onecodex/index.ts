import { newSigningKey } from './storage/policy';
import { startStandIn } from './standIn';
import type { OneCodexStandIn, StandInOptions } from './types';

export type {
	OneCodexStandIn,
	RecordedRequest,
	StandInDocument,
	StandInOptions,
	StoredObject,
} from './types';

/**
 * A stand-in for One Codex and the S3 bucket that it uploads to, on 127.0.0.1. It refuses what the
 * service refuses. API and storage have an origin each, so that a key that leaks is seen.
 */
export function startOneCodex(options: StandInOptions = {}): Promise<OneCodexStandIn> {
	return startStandIn(options, newSigningKey());
}
