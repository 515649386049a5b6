import type { Answer } from '../http';
import type { StandInState } from '../state';
import { errorAnswer } from './answers';
import type { Call } from './call';
import { S3Error } from './errors';
import { getObject } from './getObject';

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

/** What a GET would say of its bytes. @throws S3Error as getObject */
export function headObject(call: Pick<Call, 'state' | 'key' | 'headers'>): Answer {
	const { status, headers, file } = getObject(call);
	const length = file ? file.end - file.start + 1 : 0;
	return { status, headers: { ...headers, 'Content-Length': length } };
}
