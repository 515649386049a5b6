import { newSigningKey } from './storage/policy';
import { startStandIn } from './standIn';
import type { OneCodexStandIn, StandInOptions } from './types';

export {
	isAbort,
	isAnalysisGet,
	isAnalysisResults,
	isCallback,
	isCancelUpload,
	isComplete,
	isConfirm,
	isCreateMultipart,
	isDocumentGet,
	isDownload,
	isGetObject,
	isHeadBucket,
	isHeadObject,
	isInit,
	isInitMultipart,
	isJobRun,
	isList,
	isMetadataPatch,
	isPart,
	isPreupload,
	isPutObject,
	isSampleCallback,
	isSampleDelete,
	isSampleDownload,
	isSampleGet,
	isSampleImport,
	isSampleInit,
	isSampleList,
	isSamplePatch,
	isStorage,
	isTagCreate,
	isUpload,
} from './faults/candidates';
export { faultsInTurn, seededFaults, type SeededFaults } from './faults/schedule';
export type { Fault, FaultableRequest, FaultSchedule } from './faults/types';
export type { StandInImport } from './imports';
export type {
	RunSteps,
	SampleStatus,
	SampleSteps,
	SeedAnalysis,
	SeedJob,
	SeedProject,
	SeedSample,
	StandInAnalysis,
	StandInFile,
	StandInJob,
	StandInProject,
	StandInSample,
	StandInTag,
} from './samples/types';
export type {
	OneCodexStandIn,
	RecordedRequest,
	Seed,
	StandInDocument,
	StandInMultipartUpload,
	StandInOptions,
	StandInUser,
	StoredObject,
} from './types';

/**
 * A stand-in for One Codex and the S3 bucket that it uploads to, on 127.0.0.1. It refuses what the
 * service refuses. API and storage have an origin each, so that a key that leaks is seen.
 */
export function startOneCodex(options: StandInOptions = {}): Promise<OneCodexStandIn> {
	return startStandIn(options, newSigningKey());
}
