import type { IExecuteFunctions } from 'n8n-workflow';

import { multipartAnswer } from '../api/answers/upload';
import { s3EndpointOf } from '../api/credential';
import { documentPath, INIT_MULTIPART_PATH } from '../api/paths';
import { apiRequest } from '../api/request';
import type { BinaryFile } from '../binary/binaryFile';
import { secureUrl } from '../http/secureUrl';
import { S3_ENDPOINT, s3Target } from '../storage/s3Target';
import type { NamedFile, Uploaded } from '../types';
import { importDocument } from './multipart/importCallback';
import { putObject } from './putObject';
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
	const named = await s3EndpointOf(context);
	const endpoint = named && secureUrl(named, S3_ENDPOINT).href;

	const lent = await apiRequest(
		context,
		{ method: 'POST', path: INIT_MULTIPART_PATH },
		api,
		multipartAnswer,
	);
	const { s3_bucket, file_id, callback_url, import_as_document } = lent;
	const object = { bucket: s3_bucket, key: file_id, keys: lent.keys, endpoint };
	const target = await s3Target(context.helpers, object, { ...settings, signal });
	const etag = await putObject(context.helpers, target, file, settings, signal);

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
