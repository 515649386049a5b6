/** A request of S3's own API, path style: `/<bucket>/<key>?<query>`. */
export interface Address {
	bucket: string;
	/** Decoded. Empty for the bucket itself. */
	key: string;
	query: URLSearchParams;
}

export type Action =
	| 'HeadBucket'
	| 'HeadObject'
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

/**
 * Which of S3's actions a request asks for, by its method, path and query (path and query undecoded);
 * undefined for any other one. A HEAD with a query is of a link of download_uri, and no action.
 */
export function actionOf(method: string, target: string): Action | undefined {
	const { bucket, key, query } = addressOf(target);
	if (bucket === '') return undefined;
	if (key === '') return method === 'HEAD' && query.size === 0 ? 'HeadBucket' : undefined;
	if (method === 'HEAD' && query.size === 0) return 'HeadObject';
	if (method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload';
	if (!query.has('uploadId')) return undefined;
	if (method === 'PUT' && query.has('partNumber')) return 'UploadPart';
	if (method === 'POST') return 'CompleteMultipartUpload';
	return method === 'DELETE' ? 'AbortMultipartUpload' : undefined;
}
