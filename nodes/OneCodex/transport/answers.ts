import type { IDataObject } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import type {
	ConfirmUploadAnswer,
	DocumentAnswer,
	InitUploadAnswer,
	MultipartAnswer,
} from '../types';
import { shortText } from './shortText';

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
 * What One Codex lends for a multipart upload. The keys are apart, so that nothing passes them on
 * by accident.
 *
 * @throws OneCodexError (service) when the answer has not the shape that the API documents
 */
export function multipartAnswer(answer: unknown): MultipartAnswer {
	const {
		callback_url,
		file_id,
		import_as_document = true,
		s3_bucket,
		upload_aws_access_key_id: accessKeyId,
		upload_aws_secret_access_key: secretAccessKey,
	} = objectOf(answer);
	if (
		typeof callback_url !== 'string' ||
		// A path of the API: the key goes along with it.
		!/^\/(?!\/)[^?#\\]*$/.test(callback_url) ||
		!isText(file_id) ||
		typeof import_as_document !== 'boolean' ||
		!isText(s3_bucket) ||
		!/^[A-Za-z0-9._-]+$/.test(s3_bucket) ||
		!isText(accessKeyId) ||
		!isText(secretAccessKey)
	) {
		throw unexpected('init_multipart_upload', 'callback_url, file_id, s3_bucket and keys');
	}
	const keys = { accessKeyId, secretAccessKey };
	return { callback_url, file_id, import_as_document, s3_bucket, keys };
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
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

/** @throws OneCodexError (service) when the answer is not a document as the API describes it */
export function documentAnswer(answer: unknown): DocumentAnswer {
	const { $uri, filename, size, created_at, uploader, downloaders } = objectOf(answer);
	if (
		typeof $uri !== 'string' ||
		!/\/documents\/[0-9a-f]{16}$/.test($uri) ||
		typeof filename !== 'string' ||
		!(size === null || typeof size === 'number') ||
		typeof created_at !== 'string' ||
		!isReference(uploader) ||
		!isReferences(downloaders)
	) {
		throw unexpected('for a document', '$uri, filename, size, created_at, uploader, downloaders');
	}
	return { ...objectOf(answer), $uri, filename, size, created_at, uploader, downloaders };
}

/** @throws OneCodexError (service) when the answer is not a user as the API describes one */
export function userAnswer(answer: unknown): { $uri: string; email: string | null } {
	const { $uri, email } = objectOf(answer);
	if (
		typeof $uri !== 'string' ||
		!/\/users\/[0-9a-f]{16}$/.test($uri) ||
		!(typeof email === 'string' || email === null)
	) {
		throw unexpected('for a user', '$uri and email');
	}
	return { $uri, email };
}

/** What is no object has none of an object's fields. */
function objectOf(answer: unknown): IDataObject {
	return isObject(answer) ? answer : {};
}

function isReference(value: unknown): value is { $ref: string } {
	return isObject(value) && typeof value.$ref === 'string';
}

function isReferences(value: unknown): value is Array<{ $ref: string }> {
	return Array.isArray(value) && value.every(isReference);
}

/** Answers of another shape come from something in between, or were cut short: both may pass. */
export function unexpected(route: string, expected: string): OneCodexError {
	return new OneCodexError('service', `One Codex answered ${route} without ${expected}`, {
		isTransient: true,
		description: 'Check the Base URL of the credential, and for a proxy in between.',
	});
}
