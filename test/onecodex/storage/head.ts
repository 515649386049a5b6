import type { Answer } from '../http';
import type { StandInState } from '../state';
import { errorAnswer, requestId } from './answers';
import { S3Error } from './errors';

/**
 * The bucket's region, which S3 tells anybody: a 403 carries it too. The keys that are lent do not
 * allow more, so that it is the same for a request that is signed.
 *
 * @throws S3Error NoSuchBucket
 */
export function headBucket(state: StandInState, bucket: string): Answer {
	if (bucket !== state.bucket) {
		throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
			BucketName: bucket,
		});
	}
	const { status, headers } = errorAnswer(new S3Error('AccessDenied', 'Access Denied'));
	return { status, headers: { ...headers, 'x-amz-bucket-region': state.settings.region } };
}

/** @throws S3Error NoSuchKey */
export function headObject({ state, key }: { state: StandInState; key: string }): Answer {
	const object = state.imports.all.find((each) => each.key === key)?.object;
	if (!object) throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
	return {
		status: 200,
		headers: {
			'x-amz-request-id': requestId(),
			ETag: object.etag,
			'Content-Length': object.size,
			'Content-Type': 'binary/octet-stream',
			'x-amz-server-side-encryption': 'AES256',
		},
	};
}
