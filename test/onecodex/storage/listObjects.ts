import type { Answer } from '../http';
import type { StoredObject } from '../types';
import { requestId } from './answers';
import type { Call } from './call';
import { invalidArgument, notImplemented } from './errors';
import { type Children, resultDocument } from './xml';

/** Of one object there is no second page, and no folder: what asks for these is not understood. */
const SUPPORTED = ['list-type', 'prefix', 'encoding-type', 'max-keys'];
const MOST = 1000;

function maxKeys(query: URLSearchParams): number {
	const value = query.get('max-keys') ?? String(MOST);
	if (/^\d{1,9}$/.test(value)) return Math.min(Number(value), MOST);
	throw invalidArgument(
		'Provided max-keys not an integer or within integer range',
		'max-keys',
		value,
	);
}

const entry = ({ key, size, etag, storedAt }: StoredObject): Children => ({
	Key: key,
	LastModified: new Date(storedAt).toISOString(),
	ETag: etag,
	Size: String(size),
	StorageClass: 'STANDARD',
});

/**
 * The one object that the keys are lent for, if it is there: "ListObjectsV2" in the Amazon S3 API
 * reference.
 *
 * @throws S3Error InvalidArgument, NotImplemented
 */
export function listObjects({ state, bucket, key, query }: Call): Answer {
	const unknown = [...query.keys()].find((name) => !SUPPORTED.includes(name));
	if (unknown !== undefined) throw notImplemented(unknown);
	const type = query.get('list-type') ?? '';
	if (type !== '2')
		throw invalidArgument('Invalid List Type specified in Request', 'list-type', type);
	const encoding = query.get('encoding-type');
	if (encoding !== null && encoding !== 'url') {
		throw invalidArgument(
			'Invalid Encoding Method specified in Request',
			'encoding-type',
			encoding,
		);
	}
	const most = maxKeys(query);
	const object = most > 0 ? state.imports.objectAt(key) : undefined;
	return {
		status: 200,
		headers: { 'x-amz-request-id': requestId(), 'Content-Type': 'application/xml' },
		body: resultDocument('ListBucketResult', {
			Name: bucket,
			// Sixteen hex digits, which an encoding would leave as they are.
			Prefix: key,
			KeyCount: object ? '1' : '0',
			MaxKeys: String(most),
			...(encoding !== null && { EncodingType: encoding }),
			IsTruncated: 'false',
			...(object && { Contents: entry(object) }),
		}),
	};
}
