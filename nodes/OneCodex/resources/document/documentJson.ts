import type { IDataObject } from 'n8n-workflow';

import { documentId, userId } from '../../api/ids';
import type { DocumentAnswer } from '../../types';

/** A document as One Codex gives it, with its ID in front, as the other operations name it. */
export function documentJson(document: DocumentAnswer): IDataObject {
	return { document_id: documentId(document.$uri), ...document };
}

/** The same with plain values only, each ID beside the `$uri` that it is of. */
export function simpleDocumentJson(document: DocumentAnswer): IDataObject {
	const { $uri, filename, size, created_at, uploader, downloaders } = document;
	return {
		document_id: documentId($uri),
		$uri,
		filename,
		size,
		created_at,
		uploader_id: userId(uploader.$ref),
		uploader_uri: uploader.$ref,
		downloader_ids: downloaders.map(({ $ref }) => userId($ref)),
	};
}
