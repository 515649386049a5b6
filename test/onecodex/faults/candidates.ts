import { type Action, actionOf } from '../storage/actions';
import type { Fault, FaultableRequest } from './types';

type Matcher = (request: Omit<FaultableRequest, 'index'>) => boolean;

const route =
	(method: string, path: RegExp): Matcher =>
	(request) =>
		request.side === 'api' && request.method === method && path.test(request.path.split('?')[0]);

export const isInit = route('POST', /^\/api\/v1\/documents\/init_upload$/);
export const isConfirm = route('POST', /^\/api\/v1\/documents\/confirm_upload$/);
export const isInitMultipart = route('POST', /^\/api\/v1\/documents\/init_multipart_upload$/);
export const isCallback = route('POST', /^\/api\/v1\/documents\/[0-9a-f]{16}\/import_callback$/);
/** GET of one document. */
export const isDocumentGet = route('GET', /^\/api\/v1\/documents\/[0-9a-f]{16}$/);

const SAMPLES = '^/api/v1/samples';
const ID = '[0-9a-f]{16}';
const samples = (method: string, rest = ''): Matcher =>
	route(method, new RegExp(`${SAMPLES}${rest}$`));

/** The init_multipart_upload of a sample. */
export const isSampleInit = samples('POST', '/init_multipart_upload');
/** The callback_url of a sample. */
export const isSampleCallback = route('POST', /^\/api\/import_file_from_s3$/);
export const isCancelUpload = samples('POST', '/cancel_upload');
export const isPreupload = samples('POST', '/preupload');
export const isSampleImport = samples('POST', '/import');
export const isSampleDownload = samples('POST', `/${ID}/download_uri`);
/** Own, of the organization, or public ones. */
export const isSampleList = samples('GET', '(/organization|/public)?');
/** GET of one sample. */
export const isSampleGet = samples('GET', `/${ID}`);
export const isSamplePatch = samples('PATCH', `/${ID}`);
export const isSampleDelete = samples('DELETE', `/${ID}`);
export const isMetadataPatch = route('PATCH', /^\/api\/v1\/metadata\/[0-9a-f]{16}$/);
export const isTagCreate = route('POST', /^\/api\/v1\/tags$/);
/** GET of one analysis, by whichever type. */
export const isAnalysisGet = route(
	'GET',
	/^\/api\/v1\/(?!samples|metadata|tags|projects|jobs|users|documents)\w+\/[0-9a-f]{16}$/,
);
export const isAnalysisResults = route('GET', /^\/api\/v1\/\w+\/[0-9a-f]{16}\/results$/);
export const isJobRun = route('POST', /^\/api\/v1\/jobs\/[0-9a-f]{16}\/run$/);

const action =
	(wanted: Action): Matcher =>
	({ side, method, path }) =>
		side === 'storage' && actionOf(method, path) === wanted;

export const isHeadBucket = action('HeadBucket');
export const isHeadObject = action('HeadObject');
export const isCreateMultipart = action('CreateMultipartUpload');
/** A whole object, signed. */
export const isPutObject = action('PutObject');
/** An object, signed: not by a link of download_uri. */
export const isGetObject = action('GetObject');
export const isList = action('ListObjectsV2');
export const isPart = action('UploadPart');
export const isComplete = action('CompleteMultipartUpload');
export const isAbort = action('AbortMultipartUpload');
export const isStorage: Matcher = ({ side }) => side === 'storage';
/** By form. */
export const isUpload: Matcher = (request) =>
	isStorage(request) && request.method === 'POST' && !isSigned(request);
/** By a link. */
export const isDownload: Matcher = (request) =>
	isStorage(request) && request.method === 'GET' && !isSigned(request);
/** One of S3's own actions, as everything that Signature Version 4 is asked for. */
const isSigned: Matcher = ({ side, method, path }) =>
	side === 'storage' && actionOf(method, path) !== undefined;
const isTransfer: Matcher = (request) =>
	isUpload(request) || isPart(request) || isPutObject(request);
const isApi: Matcher = ({ side }) => side === 'api';
const isAny: Matcher = () => true;

/** Which faults there are to pick from, and which requests they apply to. */
const CANDIDATES: Array<[appliesTo: Matcher, fault: Fault]> = [
	[isAny, { kind: 'refuse' }],
	[isAny, { kind: 'reset', when: 'before' }],
	[isAny, { kind: 'reset', when: 'during' }],
	[isAny, { kind: 'reset', when: 'after' }],
	[isAny, { kind: 'stall' }],
	[isAny, { kind: 'truncated' }],
	[isAny, { kind: 'malformed' }],
	[isApi, { kind: 'status', status: 429, retryAfter: '1' }],
	[isApi, { kind: 'status', status: 429 }],
	[isApi, { kind: 'status', status: 500 }],
	[isApi, { kind: 'status', status: 502 }],
	[isApi, { kind: 'status', status: 503 }],
	[isApi, { kind: 'status', status: 504 }],
	[isConfirm, { kind: 'successFalse' }],
	[isTransfer, { kind: 'slow', bytesPerSecond: 2 ** 20 }],
	[isStorage, { kind: 'redirect' }],
	[isStorage, { kind: 's3', code: 'InternalError' }],
	[isStorage, { kind: 's3', code: 'SlowDown' }],
	[isStorage, { kind: 's3', code: 'RequestTimeout' }],
	[isUpload, { kind: 's3', code: 'PolicyExpired' }],
	[isTransfer, { kind: 'wrongEtag' }],
	[isComplete, { kind: 'errorIn200' }],
];

export const candidatesFor = (request: FaultableRequest): Fault[] =>
	CANDIDATES.filter(([appliesTo]) => appliesTo(request)).map(([, fault]) => fault);
