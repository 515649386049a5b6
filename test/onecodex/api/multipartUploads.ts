import type { StandInImport } from '../imports';
import type { StandInState } from '../state';
import type { StandInDocument } from '../types';
import { ApiError } from './errors';
import { checkedFilename } from './filename';
import type { JsonObject } from './body';
import type { Route } from './router';

/** The name for the document. @throws ApiError 400 for a callback that is not of this import. */
function checkedCallback(state: StandInState, { key }: StandInImport, json: JsonObject): string {
	const { s3_path: path, import_as_document: asDocument = true } = json;
	const name = checkedFilename(json.filename);
	if (asDocument !== true) {
		throw new ApiError(400, 'import_as_document: only true is allowed here.');
	}
	const expected = `s3://${state.bucket}/${key}`;
	if (path !== expected) throw new ApiError(400, `s3_path: ${expected} is required.`);
	return name;
}

/** The object becomes the document's. @throws ApiError 400 without one of at least a byte. */
function importDocument(
	state: StandInState,
	imported: StandInImport,
	filename: string,
): StandInDocument {
	const { object, callbacks } = imported;
	if (!object) throw new ApiError(400, 'The file has not been uploaded.');
	if (object.size < 1) throw new ApiError(400, 'The file is empty.');
	const document = state.addDocument(filename, object.size);
	state.imports.take(imported);
	imported.documentId = document.id;
	return Object.assign(document, {
		object,
		state: 'confirmed',
		confirmedAt: Date.now(),
		confirmations: callbacks,
	} as const);
}

export const multipartUploadRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/documents/init_multipart_upload',
		// The description gives it no body: one that comes is not read.
		handle: ({ state }) => {
			const { id, key, keys } = state.imports.add();
			return {
				status: 200,
				body: {
					callback_url: `/api/v1/documents/${id}/import_callback`,
					file_id: key,
					import_as_document: true,
					s3_bucket: state.bucket,
					upload_aws_access_key_id: keys.accessKeyId,
					upload_aws_secret_access_key: keys.secretAccessKey,
				},
			};
		},
	},
	{
		method: 'POST',
		path: '/api/v1/documents/:id/import_callback',
		handle: ({ state, params, json }) => {
			const imported = state.imports.find(params.id);
			if (!imported) throw new ApiError(404, 'The upload was not found.');
			imported.callbacks += 1;
			if (imported.documentId !== undefined) {
				const document = state.findDocument(imported.documentId);
				if (document) document.confirmations += 1;
				throw new ApiError(409, 'The upload has been imported already.');
			}
			const filename = checkedCallback(state, imported, json());
			const { id } = importDocument(state, imported, filename);
			return { status: 200, body: { document_id: id, message: 'Upload imported.' } };
		},
	},
];
