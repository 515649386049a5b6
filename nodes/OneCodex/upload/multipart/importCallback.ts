import type { IDataObject } from 'n8n-workflow';

import { documentAnswer } from '../../api/answers/document';
import { unexpected } from '../../api/answers/shape';
import { doneOnce } from '../../api/doneOnce';
import { documentId } from '../../api/ids';
import { pageOf } from '../../api/pages';
import { DOCUMENTS_PATH } from '../../api/paths';
import { listQuery } from '../../api/query';
import { apiRequest, type ApiSettings } from '../../api/request';
import { type OperationContext, isObject } from '../../types';

/** Tells One Codex that S3 has a file, and which document it made of it. */
export interface ImportCallback {
	path: string;
	body: IDataObject;
	filename: string;
	size: number;
}

/**
 * Has One Codex make a document of an object in S3, exactly once for the user. Its ID comes with
 * the answer only, so where that was lost the document is looked for: one of this name and size
 * that was not there before.
 *
 * @returns the document's ID
 * @throws OneCodexError
 */
export async function importDocument(
	context: OperationContext,
	callback: ImportCallback,
	settings: ApiSettings,
): Promise<string> {
	const before = new Set((await documentsLike(context, callback)).map(({ $uri }) => $uri));
	const send = async () =>
		await apiRequest(
			context,
			{ method: 'POST', path: callback.path, body: callback.body },
			{ ...settings, maxRetries: 0 },
			importedId,
		);
	const lookUp = async () => {
		const documents = await documentsLike(context, callback);
		const made = documents.find(
			({ $uri, size }) => !before.has($uri) && (size === null || size === callback.size),
		);
		return made && documentId(made.$uri);
	};
	return await doneOnce(settings, send, lookUp);
}

async function documentsLike(context: OperationContext, { filename }: ImportCallback) {
	const qs = listQuery({ where: { filename: { $eq: filename } }, sort: { created_at: true } });
	// The key is known: it has just been lent an upload.
	return (await pageOf(context, { path: DOCUMENTS_PATH, qs }, documentAnswer)).entries;
}

function importedId(answer: unknown): string {
	const id = isObject(answer) ? answer.document_id : undefined;
	if (typeof id === 'string' && /^[0-9a-f]{16}$/.test(id)) return id;
	throw unexpected('the import of the file', 'document_id');
}
