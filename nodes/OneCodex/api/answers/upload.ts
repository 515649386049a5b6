import { OneCodexError } from '../../errors/oneCodexError';
import { shortText } from '../../http/shortText';
import {
	isObject,
	type ConfirmUploadAnswer,
	type InitUploadAnswer,
	type LentUpload,
	type MultipartAnswer,
} from '../../types';
import { isText, objectOf, unexpected } from './shape';

/** @throws OneCodexError (service) when the answer has not the shape that the API documents */
export function initUploadAnswer(answer: unknown): InitUploadAnswer {
	const { document_id, upload_url, additional_fields } = objectOf(answer);
	if (
		typeof document_id !== 'string' ||
		!/^[0-9a-f]{16}$/.test(document_id) ||
		typeof upload_url !== 'string' ||
		!isObject(additional_fields)
	) {
		throw unexpected('init_upload', 'document_id, upload_url and additional_fields');
	}
	return { ...objectOf(answer), document_id, upload_url, additional_fields };
}

/**
 * What One Codex lends for a multipart upload of a document.
 *
 * @throws OneCodexError (service) when the answer has not the shape that the API documents
 */
export function multipartAnswer(answer: unknown): MultipartAnswer {
	const { import_as_document = true } = objectOf(answer);
	if (typeof import_as_document !== 'boolean') {
		throw unexpected('init_multipart_upload', 'import_as_document');
	}
	return { ...lentUpload(answer), import_as_document };
}

/**
 * What documents and samples are lent alike. The keys are apart, so that nothing passes them on by
 * accident.
 *
 * @throws OneCodexError (service) when the answer has not the shape that the API documents
 */
export function lentUpload(answer: unknown): LentUpload {
	const {
		callback_url,
		file_id,
		s3_bucket,
		upload_aws_access_key_id: accessKeyId,
		upload_aws_secret_access_key: secretAccessKey,
	} = objectOf(answer);
	if (
		typeof callback_url !== 'string' ||
		// A path of the API: the key goes along with it.
		!/^\/(?!\/)[^?#\\]*$/.test(callback_url) ||
		!isText(file_id) ||
		!isText(s3_bucket) ||
		!/^[A-Za-z0-9._-]+$/.test(s3_bucket) ||
		!isText(accessKeyId) ||
		!isText(secretAccessKey)
	) {
		throw unexpected('init_multipart_upload', 'callback_url, file_id, s3_bucket and keys');
	}
	return { callback_url, file_id, s3_bucket, keys: { accessKeyId, secretAccessKey } };
}

/** @throws OneCodexError (service) for another shape, or `success: false`, whatever the status */
export function confirmUploadAnswer(answer: unknown): ConfirmUploadAnswer {
	const { document, message, success } = objectOf(answer);
	if (
		!isObject(document) ||
		typeof document.$ref !== 'string' ||
		typeof message !== 'string' ||
		typeof success !== 'boolean'
	) {
		throw unexpected('confirm_upload', 'document, message and success');
	}
	if (!success) {
		throw new OneCodexError(
			'service',
			`One Codex did not confirm the upload: ${shortText(message)}`,
			{
				httpCode: 200,
				// The file may still be on its way from where S3 took it to where One Codex looks.
				isTransient: true,
				description:
					'Send the file again with Upload File, then run Confirm Upload with the document ID.',
			},
		);
	}
	return { ...objectOf(answer), document: { $ref: document.$ref }, message, success };
}
