/** A request of S3's own API, path style: `/<bucket>/<key>?<query>`. */
export interface Address {
	bucket: string;
	/** Decoded. Empty for the bucket itself. */
	key: string;
	query: URLSearchParams;
}

export type Action =
	| 'HeadBucket'
	| 'ListObjectsV2'
	| 'HeadObject'
	| 'GetObject'
	| 'PutObject'
	| 'CreateMultipartUpload'
	| 'UploadPart'
	| 'CompleteMultipartUpload'
	| 'AbortMultipartUpload';

/** The key of a path that does not decode stays as it is: verifying the signature refuses it. */
export function addressOf(target: string): Address {
	const { pathname, searchParams: query } = new URL(`http://stand-in${target}`);
	const [, bucket, key] = /^\/([^/]*)\/?(.*)$/s.exec(pathname) ?? ['', '', ''];
	try {
		return { bucket, key: decodeURIComponent(key), query };
	} catch {
		return { bucket, key, query };
	}
}

const OBJECT_ACTIONS: Record<string, Action | undefined> = {
	HEAD: 'HeadObject',
	GET: 'GetObject',
	PUT: 'PutObject',
};

function bucketActionOf(method: string, query: URLSearchParams): Action | undefined {
	if (method === 'HEAD' && query.size === 0) return 'HeadBucket';
	return method === 'GET' && query.has('list-type') ? 'ListObjectsV2' : undefined;
}

/**
 * Which of S3's actions a request asks for, by its method, path and query (path and query undecoded);
 * undefined for any other one. A HEAD or GET with a query is of a link of download_uri, and no action.
 */
export function actionOf(method: string, target: string): Action | undefined {
	const { bucket, key, query } = addressOf(target);
	if (bucket === '') return undefined;
	if (key === '') return bucketActionOf(method, query);
	if (query.size === 0) return OBJECT_ACTIONS[method];
	if (method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload';
	if (!query.has('uploadId')) return undefined;
	if (method === 'PUT' && query.has('partNumber')) return 'UploadPart';
	if (method === 'POST') return 'CompleteMultipartUpload';
	return method === 'DELETE' ? 'AbortMultipartUpload' : undefined;
}
