import type { IDataObject } from 'n8n-workflow';

import { OneCodexError } from '../errors';
import type { ConfirmUploadAnswer, InitUploadAnswer } from '../types';
import { shortText } from './shortText';

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws OneCodexError (service) when the answer has not the shape that the API documents */
export function initUploadAnswer(answer: IDataObject): InitUploadAnswer {
	const { document_id, upload_url, additional_fields } = answer;
	if (
		typeof document_id !== 'string' ||
		!/^[0-9a-f]{16}$/.test(document_id) ||
		typeof upload_url !== 'string' ||
		!isObject(additional_fields)
	) {
		throw unexpected('init_upload', 'document_id, upload_url and additional_fields');
	}
	return { ...answer, document_id, upload_url, additional_fields };
}

/** @throws OneCodexError (service) for another shape, or `success: false`, whatever the status */
export function confirmUploadAnswer(answer: IDataObject): ConfirmUploadAnswer {
	const { document, message, success } = answer;
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
	return { ...answer, document: { $ref: document.$ref }, message, success };
}

/** Answers of another shape come from something in between, or were cut short: both may pass. */
function unexpected(route: string, expected: string): OneCodexError {
	return new OneCodexError('service', `One Codex answered ${route} without ${expected}`, {
		isTransient: true,
		description: 'Check the Base URL of the credential, and for a proxy in between.',
	});
}
