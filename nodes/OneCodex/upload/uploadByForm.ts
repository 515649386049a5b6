import type { IExecuteFunctions } from 'n8n-workflow';

import type { BinaryFile } from '../binary/binaryFile';
import { OneCodexError } from '../errors/oneCodexError';
import { secureUrl } from '../http/secureUrl';
import { formFields } from '../storage/form';
import type { InitUploadAnswer, NamedFile, Uploaded } from '../types';
import { confirmUpload } from './confirmUpload';
import { initUpload } from './initUpload';
import { sendFile, type UploadTarget } from './sendFile';
import { apiSettings, type UploadSettings } from './settings';

/**
 * Init, transmit and confirm for one file.
 *
 * @param details has the file's name and gets the document's ID as soon as there is one
 * @throws OneCodexError
 */
export async function uploadByForm(
	context: IExecuteFunctions,
	file: BinaryFile,
	details: NamedFile,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<Uploaded> {
	const { filename } = details;
	const api = apiSettings(settings, signal);

	let document_id = '';
	const newTarget = async (): Promise<UploadTarget> => {
		const init = await initUpload(context, filename, file.size, api);
		details.document_id = document_id = init.document_id;
		return targetOf(init);
	};

	const target = await newTarget();
	const upload = { filename, file, target, renewTarget: newTarget, settings };
	const { etag } = await sendFile(context, upload, signal);
	return { ...(await confirmUpload(context, document_id, api)), etag };
}

/** The answer of init_upload, checked before anything goes where it says. */
function targetOf({ upload_url, additional_fields }: InitUploadAnswer): UploadTarget {
	try {
		const uploadUrl = secureUrl(upload_url, 'The upload URL').href;
		return { uploadUrl, fields: formFields(additional_fields) };
	} catch (error) {
		throw unusable(error);
	}
}

function unusable(error: unknown): OneCodexError {
	const why = error instanceof Error ? error.message : String(error);
	return new OneCodexError('service', `One Codex gave an upload that cannot be used. ${why}`, {
		description: 'Check the Base URL of the credential, and for a proxy in between.',
	});
}
