import type { Fault, FaultableRequest } from './types';

type Matcher = (request: Omit<FaultableRequest, 'index'>) => boolean;

const route =
	(method: string, path: RegExp): Matcher =>
	(request) =>
		request.side === 'api' && request.method === method && path.test(request.path.split('?')[0]);

export const isInit = route('POST', /^\/api\/v1\/documents\/init_upload$/);
export const isConfirm = route('POST', /^\/api\/v1\/documents\/confirm_upload$/);
/** GET of one document. */
export const isDocumentGet = route('GET', /^\/api\/v1\/documents\/[0-9a-f]{16}$/);
export const isStorage: Matcher = ({ side }) => side === 'storage';
export const isUpload: Matcher = ({ side, method }) => side === 'storage' && method === 'POST';
export const isDownload: Matcher = ({ side, method }) => side === 'storage' && method === 'GET';
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
	[isUpload, { kind: 'slow', bytesPerSecond: 2 ** 20 }],
	[isStorage, { kind: 'redirect' }],
	[isStorage, { kind: 's3', code: 'InternalError' }],
	[isStorage, { kind: 's3', code: 'SlowDown' }],
	[isStorage, { kind: 's3', code: 'RequestTimeout' }],
	[isUpload, { kind: 's3', code: 'PolicyExpired' }],
	[isUpload, { kind: 'wrongEtag' }],
];

export const candidatesFor = (request: FaultableRequest): Fault[] =>
	CANDIDATES.filter(([appliesTo]) => appliesTo(request)).map(([, fault]) => fault);
