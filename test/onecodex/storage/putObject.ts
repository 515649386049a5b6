import type { Answer } from '../http';
import { requestId } from './answers';
import { type Call, checkEncryption, ENCRYPTION } from './call';
import { checksumHeaders } from './checksum';
import { storeBody } from './fileBody';

/**
 * A whole object in one request: "PutObject" in the Amazon S3 API reference.
 *
 * @throws S3Error
 */
export async function putObject(call: Call): Promise<Answer> {
	const { state, headers } = call;
	checkEncryption(headers);
	const object = await storeBody(call);
	state.imports.putObject(object);
	return {
		status: 200,
		headers: {
			'x-amz-request-id': requestId(),
			ETag: object.etag,
			[ENCRYPTION]: 'AES256',
			...checksumHeaders(headers),
		},
		body: '',
	};
}
