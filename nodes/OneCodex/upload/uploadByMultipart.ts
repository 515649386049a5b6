import type { IExecuteFunctions } from 'n8n-workflow';

import { multipartAnswer } from '../api/answers/upload';
import { s3EndpointOf } from '../api/credential';
import { documentPath, INIT_MULTIPART_PATH } from '../api/paths';
import { apiRequest } from '../api/request';
import type { BinaryFile } from '../binary/binaryFile';
import type { NamedFile, Uploaded } from '../types';
import { importDocument } from './multipart/importCallback';
import { putLent } from './putLent';
import { apiSettings, type UploadSettings } from './settings';

/**
 * Sends one file by S3's own API: keys from One Codex, the upload to S3, in parts where it needs
 * more than one, and the callback that makes a document of it. One Codex's own client sends every
 * file so.
 *
 * @param details has the file's name and gets the document's ID as soon as there is one
 * @throws OneCodexError
 */
export async function uploadByMultipart(
	context: IExecuteFunctions,
	file: BinaryFile,
	details: NamedFile,
	settings: UploadSettings,
	signal: AbortSignal,
): Promise<Uploaded> {
	const { filename } = details;
	const api = apiSettings(settings, signal);
	const endpoint = await s3EndpointOf(context);
	const lent = await apiRequest(
		context,
		{ method: 'POST', path: INIT_MULTIPART_PATH },
		api,
		multipartAnswer,
	);
	const { s3_bucket, file_id, callback_url, import_as_document } = lent;
	const etag = await putLent(
		context.helpers,
		{ ...lent, endpoint },
		file_id,
		file,
		settings,
		signal,
	);

	const body = { s3_path: `s3://${s3_bucket}/${file_id}`, filename, import_as_document };
	const callback = { path: callback_url, body, filename, size: file.size };
	const document_id = await importDocument(context, callback, api);
	details.document_id = document_id;
	return {
		document: { $ref: documentPath(document_id) },
		etag,
		success: true,
		message: 'Upload confirmed.',
	};
}
